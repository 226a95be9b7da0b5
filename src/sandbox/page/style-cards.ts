/** Messages and Block Kit. */
export const CARD_STYLE = `
.day { display: flex; justify-content: center; position: relative; margin: 14px 20px 6px; }
.day::before { content: ""; position: absolute; left: 0; right: 0; top: 50%; border-top: 1px solid var(--line); }
.day span { position: relative; padding: 3px 13px; border: 1px solid var(--line); border-radius: 14px; background: var(--ground); font-size: 12.5px; font-weight: 600; color: var(--soft); }
.message { position: relative; display: flex; gap: 12px; padding: 8px 20px; }
.message:hover, .message:focus-within { background: var(--hover); }
.message.compact { padding-top: 2px; padding-bottom: 2px; }
.message-side { width: 36px; flex: none; display: flex; justify-content: flex-end; align-items: flex-start; }
.message.compact .message-side .message-time { visibility: hidden; line-height: 22px; }
.message.compact:hover .message-side .message-time { visibility: visible; }
.message-main { flex: 1; min-width: 0; }
.message-head { display: flex; align-items: baseline; gap: 7px; line-height: 1.3; margin-bottom: 2px; }
.message-author { font-weight: 700; }
.message-time { font-size: 12px; color: var(--soft); font-variant-numeric: tabular-nums; }
.broadcast { display: flex; flex-wrap: wrap; gap: 0 5px; align-items: baseline; margin-bottom: 2px; font-size: 12.5px; color: var(--soft); }
.broadcast-open { min-width: 0; max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--link); font-weight: 600; }
.broadcast-open:hover { text-decoration: underline; }
.tombstone { background: var(--raised); border: 1px solid var(--line); color: var(--soft); }
.badge { align-self: center; padding: 1px 5px; border-radius: 4px; background: var(--line); color: var(--soft); font-size: 10px; font-weight: 700; letter-spacing: .4px; }
.edited { font-size: 12px; color: var(--soft); }
.message.ephemeral { background: var(--quiet); }
.only-you { display: flex; align-items: center; gap: 6px; margin-bottom: 3px; font-size: 12.5px; color: var(--soft); }
.only-you .icon { width: 15px; height: 15px; }
.dismiss { margin-top: 4px; }
.thread-summary { display: inline-flex; align-items: center; gap: 7px; min-height: 32px; margin: 5px 0 0 -8px; padding: 2px 10px 2px 8px; border-radius: 7px; color: var(--link); font-weight: 600; font-size: 13.5px; }
.thread-summary .icon { width: 16px; height: 16px; }
.thread-summary:hover { background: var(--ground); box-shadow: inset 0 0 0 1px var(--line); }
.message-tools { position: absolute; top: -12px; right: 18px; display: flex; border: 1px solid var(--line); border-radius: 8px; background: var(--card); box-shadow: 0 1px 3px rgb(0 0 0 / 8%); opacity: 0; pointer-events: none; z-index: 2; }
.message:hover > .message-tools, .message-tools:focus-within, .message-tools.open { opacity: 1; pointer-events: auto; }
.message-tools .press-fault { position: absolute; right: 0; top: 100%; width: max-content; max-width: 70vw; padding: 6px 10px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.messages > .message:first-child > .message-tools, .thread-parent .message-tools { top: 4px; }
.menu { position: absolute; right: 0; top: calc(100% + 4px); min-width: 220px; padding: 5px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); box-shadow: var(--shadow); z-index: 6; }
.menu button { display: flex; gap: 10px; align-items: center; width: 100%; min-height: 38px; padding: 6px 10px; border-radius: 7px; font-size: 14px; }
.menu button:hover { background: var(--hover); }
.menu .icon { color: var(--soft); }
.thread-parent { padding-top: 8px; }
.thread-count { display: flex; align-items: center; gap: 12px; margin: 8px 20px 0; font-size: 12.5px; color: var(--soft); }
.thread-count::after { content: ""; flex: 1; border-top: 1px solid var(--line); }

.text { white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote.text { border-left: 4px solid var(--bar); border-radius: 2px; padding: 1px 0 1px 12px; margin: 3px 0; }
pre.text { padding: 9px 12px; border: 1px solid var(--line); border-radius: 7px; background: var(--raised); font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; margin: 3px 0; }
ol.text, ul.text { padding-left: 24px; white-space: normal; }
.indent-1 { margin-left: 22px; } .indent-2 { margin-left: 44px; } .indent-3 { margin-left: 66px; } .indent-4 { margin-left: 88px; }
code { padding: 1px 5px; border: 1px solid var(--line); border-radius: 4px; background: var(--raised); font: .87em ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.mention { display: inline; padding: 0 3px 1px; border-radius: 4px; background: var(--mention); color: var(--mention-ink); }
.mention-me { background: var(--me); color: var(--me-ink); }
button.mention:hover { text-decoration: underline; }

.blocks { display: flex; flex-direction: column; gap: 8px; }
.from-app:not(.ephemeral) .message-content > .blocks { max-width: 640px; margin-top: 5px; padding: 14px 16px 15px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
.block-header { font-size: 17.5px; line-height: 1.3; letter-spacing: -.1px; }
.block-context { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; font-size: 13px; color: var(--soft); }
.block-divider { width: 100%; border: 0; border-top: 1px solid var(--line); margin: 4px 0; }
.block-section { display: flex; gap: 16px; align-items: flex-start; }
.block-section-words { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 8px; }
.block-fields { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px 18px; }
.block-accessory { flex: none; max-width: 45%; }
.block-actions { display: flex; flex-wrap: wrap; gap: 8px; padding-top: 4px; align-items: flex-start; }
.pressable { display: inline-flex; flex-direction: column; gap: 4px; align-items: flex-start; max-width: 100%; }
.block-actions .pressable { display: contents; }
.block-actions .press-fault { order: 1; flex-basis: 100%; }
.press-fault { display: inline-flex; gap: 6px; align-items: center; font-size: 13px; color: var(--ink); animation: rise .15s ease-out; }
.block-unknown { font-size: 13px; font-style: italic; color: var(--soft); }
.block-image figcaption { font-size: 13px; color: var(--soft); margin-bottom: 4px; }
.image-large { display: block; max-width: min(360px, 100%); max-height: 300px; border-radius: 8px; border: 1px solid var(--line); }
.image-small { display: block; width: 88px; height: 88px; object-fit: cover; border-radius: 8px; }
.image-tiny { width: 20px; height: 20px; border-radius: 4px; object-fit: cover; }
.image-missing { display: flex; align-items: center; justify-content: center; padding: 8px; background: var(--raised); border: 1px dashed var(--line-strong); color: var(--soft); font-size: 12.5px; text-align: center; overflow: hidden; }
.image-missing.image-large { min-height: 120px; }
.files { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 6px; align-items: flex-start; }
.file { display: inline-block; max-width: 100%; }
.files:not(.alone) .image-large { width: 148px; height: 112px; object-fit: cover; }
.file-named { display: inline-flex; align-items: center; gap: 8px; overflow-wrap: anywhere; padding: 10px 14px; border: 1px solid var(--line); border-radius: 8px; }

@media (hover: none), (max-width: 640px) {
  .message-tools { opacity: 1; pointer-events: auto; border-color: transparent; background: none; box-shadow: none; top: 0; right: 6px; }
  .message-tools .tool-thread { display: none; }
  .message-tools > .icon-button { width: 44px; height: 40px; }
  .message.compact .message-tools, .messages > .message:first-child > .message-tools { top: 0; }
  .message:hover { background: none; }
  .message.ephemeral:hover { background: var(--quiet); }
  .message.compact .message-main { padding-right: 34px; }
  .menu button { min-height: 48px; }
}
@media (max-width: 640px) {
  .message { padding: 9px 12px; gap: 10px; }
  .day { margin: 14px 12px 6px; }
  .thread-count { margin: 8px 12px 0; }
  .from-app:not(.ephemeral) .message-content > .blocks { margin-left: -46px; padding: 13px 14px 14px; margin-top: 8px; }
  .message.from-app:has(.blocks) .message-head { min-height: 34px; align-items: center; }
  .block-actions { gap: 10px 8px; }
  .block-actions .button { flex: 1 1 calc(50% - 8px); }
  .block-header { font-size: 18px; }
  .thread-summary, .link-button { min-height: 44px; }
  .broadcast { font-size: 13.5px; }
  .broadcast-open { padding: 12px 0; margin: -12px 0; }
  .files:not(.alone) .image-large { width: 132px; height: 100px; }
}
`;
