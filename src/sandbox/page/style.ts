import { CARD_STYLE } from './style-cards.js';
import { DIALOG_STYLE } from './style-dialogs.js';
import { FRAME_STYLE } from './style-frame.js';

/** Colours meet WCAG AA on the grounds they stand on, in both themes. */
const THEME = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f6f7f8; --hover: #f3f5f6; --line: #e2e6e9; --line-strong: #868f98;
  --ink: #1a1f24; --soft: #5a646d; --accent: #0b6b61; --accent-hover: #095a52; --accent-ink: #ffffff; --accent-text: #0b6b61;
  --danger: #b3261e; --danger-hover: #96201a; --link: #0a5ab0; --focus: #1769e0;
  --mention: #e4f1fb; --mention-ink: #0a5ab0; --me: #fff0c9; --me-ink: #6b4400;
  --quiet: #fff8e6; --quiet-line: #efdca9; --bar: #c4ccd2; --shade: rgb(12 24 28 / 45%);
  --shadow: 0 1px 3px rgb(16 30 36 / 14%), 0 6px 20px rgb(16 30 36 / 10%); --card: #ffffff;
  --side: #0f2f2e; --side-deep: #0a2625; --side-ink: #e6f0ee; --side-soft: #a3bfba; --side-hover: rgb(255 255 255 / 8%); --side-active: rgb(255 255 255 / 17%);
  --amber: #f2b544; --amber-hover: #f7c566; --amber-ink: #2a1d02;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #16191b; --raised: #1d2124; --hover: #1f2427; --line: #2e3438; --line-strong: #7d878f;
    --ink: #e7eaec; --soft: #a4aeb6; --accent: #0f766c; --accent-hover: #128276; --accent-ink: #ffffff; --accent-text: #5bc9bd;
    --danger: #c93d34; --danger-hover: #d0453c; --link: #74b3f5; --focus: #78aefc;
    --mention: #16324c; --mention-ink: #8fc3fa; --me: #4a3a10; --me-ink: #ffdc8a;
    --quiet: #262115; --quiet-line: #4c4020; --bar: #4a535a; --shade: rgb(0 0 0 / 62%);
    --shadow: 0 1px 3px rgb(0 0 0 / 50%), 0 8px 24px rgb(0 0 0 / 45%); --card: #1b1f22;
    --side: #0c2221; --side-deep: #091a19;
  }
}
* { box-sizing: border-box; }
html, body, #app { height: 100%; margin: 0; }
body {
  background: var(--ground); color: var(--ink);
  font: 15px/1.47 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Inter, Ubuntu, Cantarell, "Noto Sans", "Helvetica Neue", "Liberation Sans", system-ui, sans-serif;
  -webkit-font-smoothing: antialiased; -webkit-text-size-adjust: 100%; overflow: hidden;
}
h1, h2, h3, p, ul, ol, figure, blockquote, pre { margin: 0; padding: 0; }
h1, h2, h3 { font-size: inherit; font-weight: 700; }
nav ul, .leads ul { list-style: none; }
button, input, select, textarea { font: inherit; color: inherit; }
button { cursor: pointer; background: none; border: 0; padding: 0; text-align: inherit; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.icon { width: 18px; height: 18px; flex: none; fill: none; stroke: currentcolor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.icon-filled { fill: currentcolor; stroke: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.spinner { width: 14px; height: 14px; flex: none; border: 2px solid currentcolor; border-right-color: transparent; border-radius: 50%; animation: turn .7s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
@keyframes rise { from { opacity: 0; transform: translateY(6px); } }
@media (prefers-reduced-motion: reduce) { *, *::before { animation-duration: 1ms !important; animation-iteration-count: 1 !important; transition: none !important; scroll-behavior: auto !important; } .spinner { border-right-color: var(--line-strong); } }

.button {
  display: inline-flex; align-items: center; justify-content: center; gap: 7px; position: relative;
  min-height: 34px; padding: 5px 13px; border-radius: 7px; border: 1px solid var(--line-strong);
  background: var(--card); color: var(--ink); font-weight: 600; font-size: 14px; line-height: 1.3; text-align: center; text-decoration: none; transition: background-color .12s, border-color .12s;
}
.button:hover { background: var(--hover); text-decoration: none; }
.button:active { transform: translateY(.5px); }
.button.primary, .button.primary.solid { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
.button.primary:hover { background: var(--accent-hover); }
.button.danger { border-color: var(--danger); color: #fff; background: var(--danger); }
.button.danger:hover { background: var(--danger-hover); }
.button.accent { background: var(--amber); border-color: var(--amber); color: var(--amber-ink); }
.button.accent:hover { background: var(--amber-hover); }
.button.large { min-height: 44px; padding: 9px 20px; font-size: 15px; }
.button[aria-busy=true] { cursor: progress; }
.button[aria-busy=true] .button-label { visibility: hidden; }
.button .spinner { position: absolute; }
.button:disabled { cursor: progress; }
.icon-button { display: inline-flex; align-items: center; justify-content: center; width: 32px; height: 32px; border-radius: 7px; color: var(--soft); flex: none; }
.icon-button:hover { background: var(--hover); color: var(--ink); }
.link-button { color: var(--link); font-weight: 600; font-size: 13px; }
.link-button:hover { text-decoration: underline; }
.starting { padding: 40px; color: var(--soft); }
.only-phone { display: none; }
`;

/** The page's whole style sheet. */
export const STYLE = [THEME, FRAME_STYLE, CARD_STYLE, DIALOG_STYLE].join('\n');
