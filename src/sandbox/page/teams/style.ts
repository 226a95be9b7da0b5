import { STYLE } from '../style.js';

/** Teams' colours in place of the page's own. They meet WCAG AA on the grounds they stand on, in both themes. */
const THEME = `
:root {
  --ground: #f5f5f5; --raised: #fafafa; --hover: #f0f0f0; --line: #e0e0e0; --line-strong: #8a8a8a;
  --ink: #242424; --soft: #616161; --accent: #5b5fc7; --accent-hover: #4f52b2; --accent-ink: #ffffff; --accent-text: #4f52b2;
  --danger: #c4314b; --danger-hover: #a72037; --danger-text: #b3263e; --link: #4f52b2; --focus: #242424; --card: #ffffff;
  --mention: #e8ebfa; --mention-ink: #4f52b2; --bar: #c7c7c7; --emphasis: #f5f5f5;
  --good: #237b4b; --good-ground: #e7f2da; --warning: #835c00; --warning-ground: #fbf6d9; --danger-ground: #fcf4f6;
  --side: #ebebeb; --side-deep: #e3e3e3; --side-ink: #242424; --side-soft: #5c5c5c; --side-hover: rgb(0 0 0 / 5%); --side-active: #ffffff;
  --amber: #5b5fc7; --amber-hover: #4f52b2; --amber-ink: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #1f1f1f; --raised: #292929; --hover: #2e2e2e; --line: #3d3d3d; --line-strong: #8a8a8a;
    --ink: #f0f0f0; --soft: #adadad; --accent: #5b5fc7; --accent-hover: #7579eb; --accent-text: #a6a7dc; --link: #a6a7dc; --focus: #ffffff; --card: #292929;
    --danger: #c4314b; --danger-text: #f0849a; --mention: #2f2f4a; --mention-ink: #aaaeea; --emphasis: #333333;
    --good: #92c353; --good-ground: #1f2b14; --warning: #f8d22a; --warning-ground: #2e2709; --danger-ground: #3b1a20;
    --side: #141414; --side-deep: #0a0a0a; --side-ink: #f0f0f0; --side-soft: #adadad; --side-hover: rgb(255 255 255 / 7%); --side-active: #2e2e2e;
  }
}
`;

const FRAME = `
.teams .sidebar :focus-visible { outline-color: var(--focus); }
.teams .sidebar-head h1, .teams .channel-link:hover, .teams .channel-link[aria-current], .teams .channel-link.unread { color: var(--side-ink); }
.teams .channel-link[aria-current] { box-shadow: inset 3px 0 0 var(--accent); }
.teams .team h3 { padding: 8px 10px 2px; font-size: 13.5px; }
.teams .team ul { padding-left: 10px; }
.teams .person.current { --side-soft: #5c5c5c; }
.teams .person .icon-button { background: var(--side-deep); color: var(--side-ink); }
.teams .avatar { border-radius: 50%; }
.teams .avatar-bot { border-radius: 8px; background: #f2b544; }
.teams .bar { background: var(--card); }
.teams .message-fault .icon { color: var(--danger-text); }
.teams .pane { background: var(--card); }
.teams .lead-example .icon { color: var(--accent-text); }
.teams .toast { background: #242424; }
.teams .toast .icon { color: #a6a7dc; }
.teams .toast-fault { background: #8e192e; }
.teams .toast-fault .icon { color: #fff; }
@media (prefers-color-scheme: dark) { .teams .person.current { --side-soft: #c7c7c7; } }
`;

const POSTS = `
.posts { display: flex; flex-direction: column; gap: 12px; padding: 16px 20px 18px; margin-top: auto; width: 100%; max-width: 900px; }
.chat .posts { gap: 2px; }
.post { border: 1px solid var(--line); border-radius: 8px; background: var(--card); box-shadow: 0 1px 2px rgb(0 0 0 / 8%); }
.post-message { position: relative; display: flex; gap: 12px; padding: 14px 16px 10px; }
.chat .post-message { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin-bottom: 8px; padding: 10px 14px 12px; }
.post-message.gone { padding: 10px 16px; color: var(--soft); font-style: italic; }
.post-message.to-me { background: var(--mention); border-radius: 8px; }
.replies .post-message.to-me, .post > .post-message.to-me { border-radius: 0; }
.post > .post-message.to-me { border-radius: 8px 8px 0 0; }
.post-main { flex: 1; min-width: 0; }
.post-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 8px; line-height: 1.35; padding-right: 34px; }
.post-head time { font-size: 12px; color: var(--soft); }
.post-text { overflow-wrap: anywhere; }
.post-text ul, .post-text ol { padding-left: 22px; }
.mention { padding: 0; background: none; color: var(--mention-ink); font-weight: 600; }
.replies { border-top: 1px solid var(--line); padding: 4px 0; background: var(--raised); }
.replies .post-message { padding: 8px 16px 8px 22px; gap: 10px; }
.more-replies { padding: 8px 22px 2px; }
.reply-button { display: flex; align-items: center; gap: 8px; width: 100%; min-height: 40px; padding: 8px 18px; border-top: 1px solid var(--line); color: var(--accent-text); font-weight: 600; font-size: 13.5px; border-radius: 0 0 8px 8px; }
.reply-button:hover { background: var(--hover); }
.post .composer { padding: 8px 12px 12px; border-top: 1px solid var(--line); }
.post .commands { left: 12px; right: 12px; }
.edit-box { display: flex; flex-direction: column; gap: 8px; margin-top: 6px; }
.edit-box .control { min-height: 64px; }
.post-tools { position: absolute; top: 8px; right: 8px; display: flex; opacity: 0; }
.post-message:hover > .post-tools, .post-tools:focus-within { opacity: 1; }
.post-tools .icon-button { width: 30px; height: 30px; }
.card-toast { display: flex; width: fit-content; max-width: 640px; align-items: center; gap: 8px; margin-top: 8px; padding: 8px 12px; border-radius: 6px; background: var(--good-ground); color: var(--ink); font-size: 13.5px; }
.card-toast.fault { background: var(--danger-ground); }
.card-toast.fault .icon { color: var(--danger-text); }
.teams .channel > .composer { background: var(--ground); padding-top: 8px; max-width: 900px; width: 100%; }
.teams .composer textarea:focus-visible { outline: 0; }
`;

const CARDS = `
.ac-box { position: relative; }
.ac-box[aria-busy=true] > div { opacity: .55; }
.ac-message { margin-top: 8px; padding: 14px 16px; border: 1px solid var(--line); border-radius: 6px; background: var(--card); max-width: 640px; box-shadow: 0 1px 2px rgb(0 0 0 / 6%); }
.ac-box .ac-adaptiveCard { padding: 0 !important; outline: 0; background: none !important; }
.ac-box .ac-textBlock p { margin: 0; }
.ac-box .ac-textBlock ul, .ac-box .ac-textBlock ol { margin: 0; padding-left: 20px; }
.ac-box .ac-richTextBlock, .ac-box .ac-textBlock { overflow-wrap: anywhere; white-space: pre-wrap; }
.ac-box .ac-container[style*="emphasis"] { border-radius: 4px; }
.ac-box a, .ac-box .ac-textRun a { color: var(--link); }
.ac-box .ac-image { border-radius: 4px; }
.ac-box .ac-pushButton { display: inline-flex !important; align-items: center; justify-content: center; min-height: 32px; padding: 5px 14px; border: 1px solid var(--line-strong); border-radius: 4px; background: var(--card); color: var(--ink); font-weight: 600; font-size: 14px; white-space: normal !important; text-align: center; max-width: 100%; }
.ac-box .ac-pushButton div { white-space: normal !important; }
.ac-box .ac-pushButton:hover { background: var(--hover); }
.ac-box .ac-pushButton.style-positive { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
.ac-box .ac-pushButton.style-positive:hover { background: var(--accent-hover); }
.ac-box .ac-pushButton.style-destructive { border-color: var(--danger); color: var(--danger-text); }
.ac-box .ac-pushButton.expanded { background: var(--hover); }
.ac-box .ac-actionSet { flex-wrap: wrap; gap: 8px; }
.ac-box .ac-actionSet > .ac-horizontal-separator, .ac-box .ac-actionSet > div:empty { display: none; }
.ac-box .ac-input { width: 100%; min-height: 34px; padding: 6px 10px; border: 1px solid var(--line-strong); border-radius: 4px; background: var(--card); color: var(--ink); font: inherit; font-size: 15px; }
.ac-box textarea.ac-input { min-height: 92px; resize: vertical; }
.ac-box .ac-input:focus { outline: 2px solid var(--accent); outline-offset: -1px; }
.ac-box .ac-input.ac-input-validation-failed { border-color: var(--danger); }
.ac-box select.ac-input { appearance: auto; }
.ac-box .ac-choiceSetInput-expanded, .ac-box .ac-toggleInput { border: 0; padding: 0; }
.ac-form .ac-input-container { padding-bottom: 4px; }
.undrawable { color: var(--danger-text); }
.task { width: min(600px, calc(100vw - 32px)); background: var(--card); }
.task .modal-head h2 { font-size: 18px; }
.task .modal-body { padding-bottom: 26px; }
.task-message { white-space: pre-wrap; }
`;

const SMALL = `
@media (max-width: 640px) {
  .posts { padding: 12px 10px 14px; gap: 10px; }
  .post-message { padding: 12px 12px 10px; gap: 10px; }
  .replies .post-message { padding-left: 12px; }
  .post-message > .avatar-normal { width: 28px; height: 28px; font-size: 11px; }
  .ac-message { margin-left: -38px; padding: 12px; }
  .card-toast { margin-left: -38px; }
  .post-tools { opacity: 1; }
  .post-tools .icon-button { width: 44px; height: 44px; margin: -8px -6px 0 0; }
  .reply-button { min-height: 46px; }
  .ac-box .ac-pushButton { min-height: 44px; }
  .ac-box .ac-input { min-height: 44px; font-size: 16px; }
  .task { width: 100vw; height: 100dvh; max-width: none; max-height: none; border-radius: 0; }
}
`;

/** The Teams page's whole style sheet. */
export const TEAMS_STYLE = [STYLE, THEME, FRAME, POSTS, CARDS, SMALL].join('\n');
