/** The page's look on screens, light and dark, on a phone and on paper. */
export const STYLE = `
:root {
	color-scheme: light dark;
	--paper: #f4f1ea; --card: #fffefb; --matte: #e9e4d9; --ink: #1b1b1f; --faint: #66615a; --line: #ddd6c8;
	--good: #15803d; --bad: #b91c1c; --open: #b45309; --on: #fff;
	font: 14px/1.45 ui-sans-serif, system-ui, 'Helvetica Neue', Arial, sans-serif;
	color: var(--ink); background: var(--paper);
}
@media screen and (prefers-color-scheme: dark) {
	:root {
		--paper: #17171a; --card: #212124; --matte: #2f2e33; --ink: #f2efe8; --faint: #a8a299; --line: #3b3a40;
		--good: #4ade80; --bad: #f87171; --open: #fbbf24; --on: #17171a;
	}
}
* { box-sizing: border-box; margin: 0; padding: 0; }
body { max-width: 1480px; margin: 0 auto; padding: 48px 40px 72px; }
[hidden] { display: none !important; }
.p { --tone: var(--good); }
.n { --tone: var(--bad); }
.u { --tone: var(--open); }
h1, h2 { font-family: 'Iowan Old Style', Palatino, Charter, Georgia, serif; font-weight: 500; line-height: 1.1; }
header p { color: var(--faint); overflow-wrap: anywhere; }
header p b { color: var(--ink); }
h1 { margin: 8px 0 24px; font-size: clamp(30px, 4.6vw, 56px); }
.share { display: block; width: 100%; height: 12px; border-radius: 4px; }
.share rect { fill: var(--tone); stroke: var(--paper); stroke-width: 3; vector-effect: non-scaling-stroke; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 14px 0 6px; list-style: none; color: var(--faint); }
.facts b { font-size: 16px; color: var(--ink); }
.facts [class]::before { content: ''; display: inline-block; width: 10px; height: 10px; margin-right: 8px; border-radius: 3px; background: var(--tone); }
nav { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-top: 26px; }
nav label, #search { padding: 7px 14px; border: 1px solid var(--line); border-radius: 99px; background: var(--card); cursor: pointer; }
#search { flex: 1 1 200px; max-width: 360px; margin-left: auto; font: inherit; color: inherit; cursor: text; }
fieldset { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; border: 0; }
legend { float: left; margin-right: 10px; color: var(--faint); }
.pick { position: absolute; opacity: 0; pointer-events: none; }
.pick:checked + label { color: var(--paper); background: var(--ink); border-color: var(--ink); }
.pick:focus-visible + label { outline: 2px solid var(--open); outline-offset: 2px; }
body:has(#bad:checked) main section:not(.n), body:has(#open:checked) main section:not(.u), body:has(#good:checked) main section:not(.p) { display: none; }
header h2 { margin: 26px 0 10px; padding: 0; border: 0; font-size: 20px; }
.news p { margin: 6px 0; }
.news a { color: var(--ink); }
.only { margin: -14px 0 20px; font-size: 16px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 18px 5px 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th[scope='row'] { max-width: 320px; overflow: hidden; text-overflow: ellipsis; text-align: left; font-weight: 600; }
thead th { font-weight: 400; color: var(--faint); }
.w { margin: 8px 2px 0; font-size: 12.5px; font-weight: 600; color: var(--tone); }
article:target { outline: 3px solid var(--tone); outline-offset: 2px; }
h2 { margin: 40px 0 16px; padding-top: 14px; border-top: 2px solid var(--tone); font-size: 26px; }
h2 small { margin-left: 8px; font: 14px ui-sans-serif, system-ui, sans-serif; color: var(--faint); }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(236px, 1fr)); gap: 20px; }
article {
	display: flex; flex-direction: column; min-width: 0; padding: 10px 10px 12px;
	border: 1px solid var(--line); border-radius: 6px; background: var(--card);
	overflow-wrap: anywhere;
}
.many article { content-visibility: auto; contain-intrinsic-block-size: auto 380px; }
.m {
	display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); place-items: center; aspect-ratio: 1; padding: 12px; overflow: hidden; border-radius: 4px;
	background: var(--matte); color: var(--faint); text-align: center; text-decoration: none;
}
.m img { display: block; max-width: 100%; max-height: 100%; min-height: 0; object-fit: contain; box-shadow: 0 1px 8px #0000003d; }
.m span::before { content: ''; display: block; width: 44px; height: 34px; margin: 0 auto 10px; border: 2px solid currentColor; border-radius: 5px; opacity: .5; }
h3 { display: -webkit-box; margin: 12px 2px 2px; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 4; font-size: 15px; line-height: 1.3; unicode-bidi: isolate; }
.t { margin: 0 2px; color: var(--faint); unicode-bidi: isolate; }
.l { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; margin: 8px 2px 0; font-variant-numeric: tabular-nums; }
.s { display: flex; flex: 1 1 90px; align-items: center; gap: 10px; }
.c { padding: 2px 9px 3px; border-radius: 99px; font-size: 12px; white-space: nowrap; color: var(--on); background: var(--tone); }
progress { flex: 1; width: 0; height: 7px; appearance: none; border: 0; border-radius: 4px; overflow: hidden; background: var(--line); }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--tone); }
progress::-moz-progress-bar { background: var(--tone); }
ul:not(.facts) { display: flex; flex-wrap: wrap; gap: 5px; margin: 9px 2px 0; list-style: none; font-size: 12.5px; }
ul:not(.facts) li { padding: 1px 8px 2px; border: 1px solid var(--tone); border-radius: 4px; unicode-bidi: isolate; }
.p ul:not(.facts) li { border-color: var(--line); }
.f { justify-content: space-between; margin-top: auto; padding-top: 10px; font-size: 12.5px; color: var(--faint); }
.f b { color: var(--ink); }
.i { margin: 4px 2px 0; font: 11px ui-monospace, Menlo, Consolas, monospace; color: var(--faint); }
.more { margin-top: 16px; color: var(--faint); }
#none { margin-top: 40px; font-size: 16px; color: var(--faint); }
@media (max-width: 620px) {
	body { padding: 24px 16px 48px; }
	.sheet { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; }
	article { padding: 6px 6px 9px; }
	#search { max-width: none; margin-left: 0; }
}
@media print {
	@page { margin: 12mm; }
	:root { --paper: #fff; font-size: 11px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	body { max-width: none; padding: 0; }
	nav { display: none; }
	h1 { font-size: 30px; margin-bottom: 14px; }
	h2 { margin-top: 22px; font-size: 18px; break-after: avoid; }
	.sheet { grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 8px; }
	article { break-inside: avoid; padding: 6px; }
	.many article { content-visibility: visible; }
	h3 { font-size: 11px; margin-top: 6px; }
	.c, .w, .f, ul:not(.facts) { font-size: 9.5px; }
	.l, .w, ul:not(.facts) { margin-top: 4px; }
	.m { padding: 6px; }
	.f { padding-top: 5px; }
}
`;
