/** Posters and advertisements, as SVG of the given size. */
const svg = (width: number, height: number, content: string): string =>
	`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans Condensed" font-weight="bold">${content}</svg>`;

/** A concert poster: a record for a moon over a city of bars. */
export function concert(): string {
	const bars = Array.from({ length: 16 }, (_, index) => {
		const height = 130 + 150 * Math.abs(Math.sin(index * 1.9) * Math.cos(index * 0.6));
		const windows = Array.from({ length: 18 }, (__, place) => {
			const [column, row] = [place % 3, Math.floor(place / 3)];
			const lit = (index * 7 + place * 5) % 4 === 0;
			return lit && row * 34 + 40 < height
				? `<rect x="${index * 40 + 7 + column * 10}" y="${880 - height + 16 + row * 34}" width="6" height="12" fill="#f5b83d"/>`
				: '';
		}).join('');
		return `<rect x="${index * 40}" y="${880 - height}" width="37" height="${height + 80}" fill="${index % 2 ? '#15203a' : '#1c2a49'}"/>${windows}`;
	}).join('');
	const grooves = Array.from(
		{ length: 15 },
		(_, index) =>
			`<circle cx="320" cy="420" r="${92 + index * 9}" fill="none" stroke="#2b2530" stroke-width="2"/>`,
	).join('');
	return svg(
		640,
		960,
		`<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#101a38"/><stop offset=".55" stop-color="#8f2f57"/><stop offset="1" stop-color="#f08a4b"/></linearGradient></defs>
		<rect width="640" height="960" fill="url(#sky)"/>
		<circle cx="320" cy="420" r="232" fill="#f6e3bd"/><circle cx="320" cy="420" r="224" fill="#161218"/>${grooves}
		<circle cx="320" cy="420" r="82" fill="#e2552f"/><circle cx="320" cy="420" r="66" fill="none" stroke="#f6e3bd" stroke-width="3"/><circle cx="320" cy="420" r="10" fill="#f6e3bd"/>
		<path d="M320 420 L470 230 A242 242 0 0 1 530 300 Z" fill="#fff" opacity=".13"/><path d="M320 420 L170 610 A242 242 0 0 1 110 540 Z" fill="#fff" opacity=".1"/>
		${bars}
		<text x="320" y="116" font-size="88" text-anchor="middle" fill="#f6e3bd" letter-spacing="3">NIGHT TRAIN</text>
		<text x="320" y="158" font-size="25" text-anchor="middle" fill="#f5b83d" letter-spacing="9">JAZZ ON THE ROOF</text>
		<rect y="880" width="640" height="80" fill="#0d1428"/>
		<text x="320" y="931" font-size="27" text-anchor="middle" fill="#f6e3bd" letter-spacing="4">FRI 12 JUNE  ·  9 PM  ·  PIER 4</text>`,
	);
}

/** A summer sale for stories: a cut lemon like a sun. */
export function story(): string {
	const wedges = Array.from({ length: 9 }, (_, index) => {
		const turn = index * 40;
		return `<path transform="rotate(${turn} 360 640)" d="M360 622 L322 462 Q360 428 398 462 Z" fill="#ffd84a" stroke="#ffe98f" stroke-width="5" stroke-linejoin="round"/>`;
	}).join('');
	const rays = Array.from(
		{ length: 18 },
		(_, index) =>
			`<path transform="rotate(${index * 20} 360 640)" d="M360 640 L318 -500 L402 -500 Z" fill="#fff" opacity=".13"/>`,
	).join('');
	return svg(
		720,
		1280,
		`<defs><radialGradient id="warm" cy=".5"><stop stop-color="#ffb547"/><stop offset="1" stop-color="#f0642f"/></radialGradient></defs>
		<rect width="720" height="1280" fill="url(#warm)"/>${rays}
		<ellipse cx="372" cy="668" rx="232" ry="230" fill="#a63a14" opacity=".35"/>
		<circle cx="360" cy="640" r="230" fill="#f6c417"/><circle cx="360" cy="640" r="212" fill="#fff6d6"/>${wedges}<circle cx="360" cy="640" r="16" fill="#fff6d6"/>
		<text x="360" y="216" font-size="132" text-anchor="middle" fill="#fff8e6">SUMMER</text>
		<text x="360" y="318" font-size="92" text-anchor="middle" fill="#7c1f0d" letter-spacing="12">SALE</text>
		<text x="360" y="1046" font-size="150" text-anchor="middle" fill="#fff8e6">−30 %</text>
		<rect x="190" y="1098" width="340" height="84" rx="42" fill="#7c1f0d"/>
		<text x="360" y="1152" font-size="36" text-anchor="middle" fill="#fff8e6" letter-spacing="4">SHOP NOW</text>`,
	);
}

/** A square advertisement in blocks: the coffee grows from bean to cup. */
export function coffee(): string {
	const bean = (x: number, y: number, turn: number) =>
		`<g transform="translate(${x} ${y}) rotate(${turn})"><ellipse rx="46" ry="64" fill="#3c1f12"/><path d="M-6 -62 C 26 -20 -26 20 6 62" fill="none" stroke="#e9c79a" stroke-width="7"/></g>`;
	return svg(
		760,
		760,
		`<rect width="760" height="760" fill="#efe3cd"/>
		<rect width="380" height="380" fill="#1f5d57"/><rect x="380" y="380" width="380" height="380" fill="#c9542e"/>
		<rect x="380" width="380" height="380" fill="#e8b04b"/>
		${bean(120, 130, 24)}${bean(252, 190, -38)}${bean(136, 278, 70)}
		<circle cx="570" cy="190" r="130" fill="#fff5e0"/><circle cx="570" cy="190" r="100" fill="#5a2f17"/>
		<path d="M570 262 C 486 214 510 140 570 170 C 630 140 654 214 570 262 Z" fill="#e9c79a"/>
		<path d="M468 520 h170 v92 a62 62 0 0 1 -62 62 h-46 a62 62 0 0 1 -62 -62 Z" fill="#fff5e0"/><path d="M638 540 h22 a38 38 0 0 1 0 76 h-22" fill="none" stroke="#fff5e0" stroke-width="18"/>
		<path d="M512 494 c -20 -26 20 -38 0 -66 M556 494 c -20 -26 20 -38 0 -66 M600 494 c -20 -26 20 -38 0 -66" fill="none" stroke="#efe3cd" stroke-width="9" stroke-linecap="round"/>
		<text x="40" y="498" font-size="86" fill="#1f3b38">GOOD</text><text x="40" y="588" font-size="86" fill="#c9542e">MORN</text><text x="40" y="678" font-size="86" fill="#1f3b38">ING.</text>
		<text x="43" y="722" font-size="22" fill="#1f3b38" letter-spacing="3">ROASTED ON MONDAYS</text>`,
	);
}
