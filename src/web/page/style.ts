/** The style of the photo page and of the pages that stand in for it. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f3f4f1; --paper: #fff; --ink: #1c2320; --soft: #59635e; --line: #d9deda;
  --accent: #17634a; --on-accent: #fff; --tint: #e6f1ec; --good: #17634a; --bad: #a3241b; --bad-tint: #fbeae8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131715; --paper: #1d2320; --ink: #eef2ef; --soft: #a7b3ad; --line: #37403b;
    --accent: #7fd1b0; --on-accent: #0c1f17; --tint: #21332b; --good: #7fd1b0; --bad: #ffab9f; --bad-tint: #3a211e;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 17px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere;
}
.page { max-width: 620px; margin: 0 auto; padding: 14px 16px 40px; }
header { display: flex; justify-content: space-between; align-items: center; gap: 12px; min-height: 48px; }
.house { display: flex; align-items: center; gap: 10px; font-weight: 650; min-width: 0; }
.house svg { flex: none; width: 34px; height: 34px; padding: 6px; border-radius: 9px; background: var(--accent); color: var(--on-accent); }
header a { flex: none; padding: 10px 4px; font-size: 15px; }
a { color: var(--accent); }
h1 { margin: 14px 0 6px; font-size: 28px; line-height: 1.15; letter-spacing: -.01em; text-wrap: balance; }
h2 { margin: 30px 0 2px; font-size: 19px; }
p { margin: 0 0 10px; }
.soft { color: var(--soft); font-size: 15px; }
svg { fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.buttons { display: grid; gap: 10px; margin: 18px 0 6px; }
@media (min-width: 440px) { .buttons { grid-template-columns: 1fr 1fr; } }
label.big, .view { position: relative; cursor: pointer; }
label.big {
  display: flex; align-items: center; justify-content: center; gap: 10px; min-height: 58px; padding: 10px 14px;
  border: 2px solid var(--accent); border-radius: 14px; font-weight: 650; color: var(--accent); background: var(--paper); text-align: center;
}
label.big svg { width: 26px; height: 26px; flex: none; }
label.first { background: var(--accent); color: var(--on-accent); }
input[type=file] { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer; }
input[type=file]::file-selector-button { cursor: pointer; }
label:has(:focus-visible) { outline: 3px solid var(--ink); outline-offset: 2px; }
.drop { display: none; text-align: center; }
@media (hover: hover) and (pointer: fine) { .camera { display: none !important; } .buttons { grid-template-columns: 1fr; } .drop { display: block; } }
.views { display: grid; grid-template-columns: repeat(auto-fill, minmax(80px, 1fr)); gap: 8px; margin: 10px 0 0; padding: 0; list-style: none; }
.view {
  display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 6px; height: 100%; min-height: 88px; padding: 8px 2px;
  border: 1px solid var(--line); border-radius: 12px; background: var(--paper); font-size: 13.5px; line-height: 1.15; text-align: center; overflow-wrap: normal;
}
.view svg { width: 44px; height: 30px; color: var(--soft); }
.view .mark { display: none; position: absolute; top: 5px; right: 6px; min-width: 20px; padding: 0 6px; border-radius: 10px; background: var(--good); color: var(--on-accent); font-size: 13px; line-height: 20px; font-weight: 700; }
.view.has { border-color: var(--good); background: var(--tint); }
.view.has svg { color: var(--good); }
.view.has .mark { display: block; }
.status { margin: 16px 0 0; padding: 12px 14px; border-radius: 12px; background: var(--tint); font-weight: 600; }
.status:empty { display: none; }
.status.bad { background: var(--bad-tint); color: var(--bad); }
.photos { display: grid; gap: 8px; margin: 10px 0 0; padding: 0; list-style: none; }
.photo { display: grid; grid-template-columns: 76px 1fr; gap: 12px; align-items: start; padding: 8px; border: 1px solid var(--line); border-radius: 12px; background: var(--paper); }
.preview { width: 76px; height: 76px; border-radius: 8px; object-fit: cover; background: var(--tint); display: block; }
.about { min-width: 0; display: grid; gap: 6px; align-content: start; justify-items: start; }
.said { font-size: 15px; }
.photo.ready .said, .photo.checking .said { color: var(--good); font-weight: 600; }
.photo.refused, .photo.failed { border-color: var(--bad); }
.photo.refused .said, .photo.failed .said { color: var(--bad); }
progress { width: 100%; height: 10px; accent-color: var(--accent); }
select, .photo button {
  min-height: 44px; max-width: 100%; padding: 6px 10px; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); color: var(--ink); font: inherit; font-size: 16px;
}
select { width: 100%; }
.photo button { border-color: var(--accent); color: var(--accent); font-weight: 600; cursor: pointer; }
select:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
footer { margin-top: 30px; padding-top: 16px; border-top: 1px solid var(--line); font-size: 15px; color: var(--soft); display: grid; gap: 8px; }
footer p { margin: 0; display: flex; gap: 10px; }
footer svg { flex: none; width: 20px; height: 20px; margin-top: 1px; }
[hidden] { display: none !important; }
@media (prefers-reduced-motion: no-preference) { .view, label.big { transition: background-color .15s; } }
`;
