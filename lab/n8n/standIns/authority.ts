import { generateKeyPairSync } from 'node:crypto';
import { md, pki } from 'node-forge';

const ONE_DAY_MS = 24 * 60 * 60 * 1000;
const ISSUER = [{ shortName: 'CN', value: 'Stand-ins of an end-to-end test' }];

export interface TestAuthority {
	/** The certificate that n8n has to trust, as PEM. */
	rootCertificate: string;
	/** A certificate for all the hosts, signed by the root, and its key, as PEM. */
	certificate: string;
	key: string;
}

interface KeyPair {
	pem: string;
	privateKey: pki.rsa.PrivateKey;
	publicKey: pki.rsa.PublicKey;
}

function makeKeyPair(): KeyPair {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', {
		modulusLength: 2048,
		privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
		publicKeyEncoding: { type: 'spki', format: 'pem' },
	});
	return {
		pem: privateKey,
		privateKey: pki.privateKeyFromPem(privateKey),
		publicKey: pki.publicKeyFromPem(publicKey),
	};
}

function makeCertificate(
	serialNumber: string,
	subject: pki.CertificateField[],
	publicKey: pki.rsa.PublicKey,
	extensions: object[],
	issuerKey: pki.rsa.PrivateKey,
): string {
	const certificate = pki.createCertificate();
	certificate.serialNumber = serialNumber;
	certificate.publicKey = publicKey;
	certificate.validity.notBefore = new Date(Date.now() - ONE_DAY_MS);
	certificate.validity.notAfter = new Date(Date.now() + ONE_DAY_MS);
	certificate.setSubject(subject);
	certificate.setIssuer(ISSUER);
	certificate.setExtensions(extensions);
	certificate.sign(issuerKey, md.sha256.create());
	return pki.certificateToPem(certificate);
}

/** Makes a certificate authority that nobody else trusts, valid for a day, and signs for the hosts. */
export function createTestAuthority(hosts: string[]): TestAuthority {
	const root = makeKeyPair();
	const leaf = makeKeyPair();
	const rootExtensions = [
		{ name: 'basicConstraints', cA: true, critical: true },
		{ name: 'keyUsage', keyCertSign: true, critical: true },
	];
	const leafExtensions = [
		{ name: 'basicConstraints', cA: false },
		{ name: 'extKeyUsage', serverAuth: true },
		{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
	];
	const subject = [{ shortName: 'CN', value: 'Stand-in' }];
	return {
		rootCertificate: makeCertificate('01', ISSUER, root.publicKey, rootExtensions, root.privateKey),
		certificate: makeCertificate('02', subject, leaf.publicKey, leafExtensions, root.privateKey),
		key: leaf.pem,
	};
}
