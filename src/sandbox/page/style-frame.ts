/** Side bar, bars, panes, composer, and how they share the screen. */
export const FRAME_STYLE = `
.client { display: flex; height: 100dvh; }
.client.loading { opacity: .6; }

.sidebar { width: 276px; flex: none; display: flex; flex-direction: column; background: var(--side); color: var(--side-ink); }
.sidebar :focus-visible { outline-color: var(--amber); }
.sidebar-head { display: flex; align-items: center; gap: 11px; padding: 13px 16px; min-height: 60px; }
.sidebar-head h1 { font-size: 16px; line-height: 1.25; color: #fff; }
.sidebar-head p { font-size: 12.5px; color: var(--side-soft); }
.switch { display: flex; gap: 3px; margin: 0 16px 10px; padding: 3px; border-radius: 9px; background: var(--side-deep); }
.switch > * { flex: 1; min-height: 30px; padding: 4px 8px; border-radius: 7px; text-align: center; font-size: 13.5px; font-weight: 600; color: var(--side-soft); }
.switch > a:hover { background: var(--side-hover); color: var(--side-ink); text-decoration: none; }
.switch > [aria-current] { background: var(--side-active); color: var(--side-ink); }
.sidebar h2 { padding: 16px 10px 5px; font-size: 12.5px; font-weight: 600; color: var(--side-soft); }
.sidebar-scroll { flex: 1 1 auto; min-height: 120px; overflow-y: auto; padding: 4px 10px 12px; }
.sidebar-lead { width: 100%; min-height: 38px; }
.sidebar-home { margin-top: 8px; }
.home { flex: 1; overflow-y: auto; padding: 20px 24px 32px; }
.home > .blocks { max-width: 640px; }
.home .block-header { font-size: 20px; }
.channel-link { display: flex; align-items: center; gap: 9px; width: 100%; min-height: 32px; padding: 3px 10px; border-radius: 7px; color: var(--side-soft); }
.channel-link .icon { width: 16px; height: 16px; }
.channel-link:hover { background: var(--side-hover); color: #fff; }
.channel-link[aria-current] { background: var(--side-active); color: #fff; font-weight: 600; }
.channel-link.unread { color: #fff; font-weight: 700; }
.channel-name { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.dot { width: 9px; height: 9px; flex: none; border-radius: 50%; background: var(--amber); }
.people { flex: 0 1 auto; min-height: 150px; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--side-soft) transparent; background: var(--side-deep); padding: 0 10px 10px; }
.people h2 { position: sticky; top: 0; background: var(--side-deep); padding-top: 12px; z-index: 1; }
.person { position: relative; display: flex; align-items: center; border-radius: 8px; color: var(--side-ink); }
.person:hover { background: var(--side-hover); }
.person.current { --side-soft: #c2d8d4; background: var(--side-active); }
.person-be { display: flex; align-items: center; gap: 10px; flex: 1; min-width: 0; padding: 3px 10px; min-height: 40px; border-radius: 8px; color: inherit; }
.person-words { min-width: 0; display: flex; flex-direction: column; line-height: 1.28; }
.person-words b { font-weight: 600; font-size: 14px; }
.person-words i { font-style: normal; font-weight: 400; color: var(--side-soft); }
.person-words > span { font-size: 12px; color: var(--side-soft); }
.person-words > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.person .icon-button { position: absolute; right: 6px; color: var(--side-ink); background: #1d4340; opacity: 0; }
.person:hover .icon-button, .person .icon-button:focus-visible { opacity: 1; }
.person .icon-button:hover { background: #2b5551; color: #fff; }

.avatar { display: inline-flex; align-items: center; justify-content: center; flex: none; border-radius: 8px; color: #fff; font-weight: 700; letter-spacing: .2px; user-select: none; }
.avatar-normal { width: 36px; height: 36px; font-size: 13.5px; }
.avatar-small { width: 28px; height: 28px; font-size: 11px; border-radius: 7px; }
.channel-link .avatar-small { width: 20px; height: 20px; font-size: 8.5px; border-radius: 5px; margin-left: -2px; }
.hue-0 { background: #0a6c8e; } .hue-1 { background: #8a3f6f; } .hue-2 { background: #4d6b1d; } .hue-3 { background: #a0471d; }
.hue-4 { background: #4b56b5; } .hue-5 { background: #7a5a12; } .hue-6 { background: #1d7050; } .hue-7 { background: #61646b; }
.avatar-bot { background: #f2b544; }
.avatar-bot svg { width: 100%; height: 100%; }
.avatar-bot path { fill: none; stroke: #10302f; stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.avatar-bot .wheel { fill: #10302f; }

.channel, .pane { display: flex; flex-direction: column; min-width: 0; height: 100%; background: var(--ground); }
.channel { flex: 1; }
.pane { width: 420px; flex: none; border-left: 1px solid var(--line); }
.bar { display: flex; align-items: center; gap: 8px; min-height: 60px; padding: 8px 16px 8px 20px; border-bottom: 1px solid var(--line); flex: none; }
.bar-words { flex: 1; min-width: 0; }
.bar-words h1, .bar-words h2 { font-size: 17px; line-height: 1.25; }
.bar-words > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar-words p { font-size: 12.5px; color: var(--soft); }
.bar-action { display: none; }
.lost { padding: 6px 20px; font-size: 13px; background: var(--me); color: var(--me-ink); }

.scroller-frame { position: relative; flex: 1; min-height: 0; display: flex; flex-direction: column; }
.scroller { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; display: flex; flex-direction: column; }
.messages { padding: 8px 0 14px; }
.channel .messages { margin-top: auto; }
.to-end { position: absolute; bottom: 12px; left: 50%; transform: translateX(-50%); display: inline-flex; gap: 6px; align-items: center; min-height: 36px; padding: 4px 14px; border-radius: 18px; background: var(--accent); color: var(--accent-ink); font-weight: 600; font-size: 13px; box-shadow: var(--shadow); }

.hint { display: flex; align-items: center; gap: 18px; padding: 14px 20px; border-bottom: 1px solid var(--quiet-line); background: var(--quiet); flex: none; }
.hint > div { flex: 1; }
.hint h2 { font-size: 15px; }
.hint p { font-size: 14px; color: var(--soft); max-width: 84ch; }
.hint .button { flex: none; }
.empty { margin: auto; padding: 32px 24px; text-align: center; max-width: 380px; }
.empty-picture { display: inline-flex; align-items: center; justify-content: center; width: 64px; height: 64px; border-radius: 20px; background: var(--raised); border: 1px solid var(--line); color: var(--accent-text); }
.empty-picture .icon { width: 30px; height: 30px; stroke-width: 1.3; }
.empty h2 { margin-top: 14px; font-size: 19px; }
.empty p { margin: 4px 0 18px; color: var(--soft); }
.channel .beginning + .messages { margin-top: 0; }
.beginning { margin: auto 20px 4px; padding-top: 24px; color: var(--soft); }

.composer { flex: none; padding: 0 20px calc(18px + env(safe-area-inset-bottom)); position: relative; }
.composer-box { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 6px; padding: 5px; border: 1px solid var(--line-strong); border-radius: 10px; background: var(--card); }
.composer.over .composer-box { border-style: dashed; border-color: var(--accent-text); background: var(--mention); }
.attach { display: inline-flex; align-items: center; justify-content: center; width: 34px; height: 34px; border-radius: 7px; color: var(--soft); flex: none; }
.attach:hover { background: var(--hover); color: var(--ink); }
.composer .picked { flex-basis: 100%; max-height: 30vh; overflow-y: auto; padding: 4px 4px 2px; }
.composer-box:focus-within { border-color: var(--accent-text); box-shadow: 0 0 0 1px var(--accent-text); }
.composer textarea { flex: 1; min-width: 0; resize: none; border: 0; outline: 0; background: none; padding: 6px 0; max-height: 38vh; line-height: 22px; }
.composer ::placeholder { color: var(--soft); opacity: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.send { display: inline-flex; align-items: center; justify-content: center; width: 34px; height: 34px; border-radius: 7px; background: var(--accent); color: var(--accent-ink); flex: none; }
.send:hover { background: var(--accent-hover); }
.send:disabled { background: none; color: var(--soft); cursor: default; }
.composer-fault { display: flex; gap: 6px; align-items: center; padding: 6px 2px; font-size: 13px; color: var(--ink); }
.composer-fault .icon, .press-fault .icon, .modal-fault .icon, .field-fault .icon { color: var(--danger); width: 16px; height: 16px; }
.commands { position: absolute; left: 20px; right: 20px; bottom: 100%; margin-bottom: 6px; max-height: 40vh; overflow-y: auto; padding: 6px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); box-shadow: var(--shadow); z-index: 5; }
.commands button { display: flex; gap: 10px; align-items: baseline; width: 100%; min-height: 36px; padding: 7px 10px; border-radius: 7px; }
.commands button span { color: var(--soft); font-size: 13.5px; }
.commands button:hover, .commands button[aria-selected=true] { background: var(--mention); }

.leads { flex: 1; overflow-y: auto; padding: 16px 20px 24px; }
.leads-intro { color: var(--soft); font-size: 14px; margin-bottom: 14px; }
.lead-example { display: flex; align-items: center; gap: 12px; width: 100%; min-height: 60px; padding: 10px 14px; margin-bottom: 8px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); transition: border-color .12s, background-color .12s; }
.lead-example:hover { border-color: var(--accent-text); background: var(--hover); }
.lead-example .icon, .lead-example .spinner { color: var(--accent-text); }
.lead-words { flex: 1; min-width: 0; display: flex; flex-direction: column; }
.lead-words b { font-weight: 600; }
.lead-words span { font-size: 13px; color: var(--soft); }

.toasts { position: fixed; left: 0; right: 0; top: 9px; display: flex; justify-content: center; padding: 0 16px; pointer-events: none; z-index: 20; }
.toast { display: flex; align-items: center; gap: 9px; max-width: 460px; padding: 11px 16px; border-radius: 10px; background: #14302e; color: #fff; font-weight: 600; font-size: 14px; box-shadow: var(--shadow); animation: rise .18s ease-out; }
.toast .icon { color: var(--amber); }
.toast-fault { background: #7c1d17; }
.toast-fault .icon { color: #fff; }

@media (max-width: 1100px) {
  .pane { width: 360px; }
  .sidebar { width: 248px; }
}
@media (min-width: 641px) and (max-width: 920px) {
  .client[data-screen=pane] .channel { display: none; }
  .client[data-screen=pane] .pane { flex: 1; border-left: 0; }
}
@media (max-width: 640px) {
  body { font-size: 16px; }
  .client { display: block; }
  .sidebar, .channel, .pane { display: none; width: 100%; height: 100dvh; border: 0; }
  [data-screen=list] .sidebar, [data-screen=channel] .channel, [data-screen=pane] .pane { display: flex; }
  .only-phone { display: inline-flex; }
  .not-phone { display: none; }
  .icon-button { width: 44px; height: 44px; }
  .bar { padding: 6px 8px 6px 4px; min-height: 58px; padding-top: calc(6px + env(safe-area-inset-top)); }
  .bar-action { display: inline-flex; min-width: 44px; min-height: 44px; padding: 0; width: 44px; border-radius: 50%; }
  .bar-action span { display: none; }
  .sidebar-head { padding-top: calc(14px + env(safe-area-inset-top)); }
  .sidebar-scroll { flex: 0 0 auto; max-height: none; }
  .sidebar { overflow-y: auto; }
  .sidebar-lead, .button { min-height: 44px; }
  .channel-link { min-height: 46px; font-size: 16px; }
  .people { flex: 1 0 auto; overflow: visible; padding-bottom: calc(14px + env(safe-area-inset-bottom)); }
  .person-be { min-height: 52px; }
  .person-words b { font-size: 15.5px; }
  .person-words > span { font-size: 13px; }
  .person .icon-button { opacity: 1; position: static; background: none; }
  .hint { flex-direction: column; align-items: stretch; gap: 12px; padding: 14px 16px; }
  .composer { padding: 0 12px calc(12px + env(safe-area-inset-bottom)); }
  .composer textarea { padding: 9px 0; }
  .send, .attach { width: 44px; height: 44px; margin: -1px; }
  .commands { left: 12px; right: 12px; }
  .commands button { min-height: 44px; }
  .leads { padding: 14px 16px 24px; }
  .home { padding: 16px 16px calc(28px + env(safe-area-inset-bottom)); }
}
`;
