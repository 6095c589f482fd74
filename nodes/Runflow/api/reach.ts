import { parseUrl } from './address';
import { trimmedEnd } from './trim';

/** First address and prefix length of the IPv4 ranges that nobody reaches over the internet (RFC 6890). */
const PRIVATE_IPV4: Array<[number[], number]> = [
	[[0, 0, 0, 0], 8],
	[[10, 0, 0, 0], 8],
	[[100, 64, 0, 0], 10],
	[[127, 0, 0, 0], 8],
	[[169, 254, 0, 0], 16],
	[[172, 16, 0, 0], 12],
	[[192, 0, 0, 0], 24],
	[[192, 168, 0, 0], 16],
	[[198, 18, 0, 0], 15],
	[[224, 0, 0, 0], 3],
];

/** The same for IPv6 as a pattern of the first 16 bits: fc00::/7, fe80::/10, fec0::/10 and ff00::/8. */
const PRIVATE_IPV6 = /^(f[cd]..|fe[89a-f].|ff..)$/;

/** Top-level names of private networks: reserved (RFC 6761, 6762, 8375, ICANN) or never given out. */
const PRIVATE_DOMAIN =
	/\.(localhost|local|localdomain|lan|home|home\.arpa|internal|intranet|private|corp|test|invalid)$/;

/**
 * Whether a service at `serviceUrl` cannot call `url` back, as far as the addresses tell: `url` is no
 * web address, or one of this machine or of a private network while the service is somewhere else.
 */
export function isOutOfReach(url: string, serviceUrl: string): boolean {
	const host = webHost(url);
	if (host === undefined) return true;
	const serviceHost = webHost(serviceUrl);
	const isServicePrivate = serviceHost !== undefined && isPrivateHost(serviceHost);
	return isPrivateHost(host) && !isServicePrivate;
}

/**
 * Whether a host name or IP address, in any spelling a URL may have, means this machine or something
 * in a private network. What has no dot is a name of a private network too, e.g. of a Docker service.
 */
export function isPrivateHost(hostname: string): boolean {
	const isBareIpv6 = hostname.includes(':') && !hostname.startsWith('[');
	const host = webHost(`http://${isBareIpv6 ? `[${hostname}]` : hostname}`);
	if (host === undefined) return true;
	if (host.startsWith('[')) return isPrivateIpv6(groupsInIp(host.slice(1, -1)));
	const name = trimmedEnd(host, (sign) => sign === '.');
	const ipv4 = /^\d+\.\d+\.\d+\.\d+$/.test(name) ? name.split('.').map(Number) : undefined;
	if (ipv4 !== undefined) return isPrivateIpv4(ipv4);
	return !name.includes('.') || PRIVATE_DOMAIN.test(`.${name}`);
}

/** The host of an http(s) address as the URL standard writes it; undefined for anything else. */
function webHost(url: string): string | undefined {
	const parsed = parseUrl(url);
	return parsed && /^https?:$/.test(parsed.protocol) ? parsed.hostname : undefined;
}

function isPrivateIpv4(address: number[]): boolean {
	return PRIVATE_IPV4.some(([start, bits]) => prefix(address, bits) === prefix(start, bits));
}

function prefix(address: number[], bits: number): number {
	const value = address.reduce((sum, byte) => sum * 256 + byte, 0);
	return Math.floor(value / 2 ** (32 - bits));
}

/** An IPv4 address inside an IPv6 one (::a.b.c.d, ::ffff:a.b.c.d, 64:ff9b::a.b.c.d) counts as itself. */
function isPrivateIpv6(groups: string[]): boolean {
	const start = groups.slice(0, 6).join(':');
	if (/^(0:){5}(0|ffff)$/.test(start) || start === '64:ff9b:0:0:0:0') {
		const [high = 0, low = 0] = groups.slice(6).map((group) => parseInt(group, 16));
		return isPrivateIpv4([high >> 8, high & 255, low >> 8, low & 255]);
	}
	return PRIVATE_IPV6.test((groups[0] ?? '').padStart(4, '0'));
}

/** The eight groups of an address, in hex without leading zeros. */
function groupsInIp(address: string): string[] {
	const [head = [], tail = []] = address
		.split('::')
		.map((half) => half.split(':').filter((group) => group !== ''));
	const missing = 8 - head.length - tail.length;
	return [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
}
