/** Modals, confirmations and form fields. */
export const DIALOG_STYLE = `
dialog { pointer-events: auto; border: 0; padding: 0; color: inherit; background: var(--ground); border-radius: 14px; box-shadow: var(--shadow); max-width: none; max-height: none; }
dialog::backdrop { background: var(--shade); }
dialog[open] { animation: rise .16s ease-out; }
.modal { width: min(540px, calc(100vw - 32px)); height: fit-content; max-height: min(760px, calc(100dvh - 48px)); }
.modal[open], .modal form { display: flex; flex-direction: column; }
.modal form { min-height: 0; flex: 1; }
.modal-head { display: flex; align-items: center; gap: 10px; padding: 18px 16px 14px 26px; flex: none; }
.modal-head h2 { flex: 1; min-width: 0; font-size: 21px; line-height: 1.25; letter-spacing: -.2px; overflow-wrap: anywhere; }
.modal-body { flex: 1; min-height: 0; overflow-y: auto; padding: 4px 26px 22px; }
.modal-body .blocks { gap: 18px; }
.modal-foot { flex: none; padding: 14px 26px calc(16px + env(safe-area-inset-bottom)); border-top: 1px solid var(--line); }
.dialog-actions { display: flex; justify-content: flex-end; gap: 10px; }
.dialog-actions .button { min-height: 38px; min-width: 84px; padding-inline: 16px; }
.modal-fault { display: flex; gap: 9px; align-items: center; margin-bottom: 12px; font-size: 14px; }
.modal-fault span { flex: 1; }
.confirm { width: min(420px, calc(100vw - 32px)); padding: 22px 24px 18px; }
.confirm h2 { font-size: 18px; }
.confirm-text { margin: 8px 0 18px; color: var(--soft); }

.field { display: flex; flex-direction: column; gap: 6px; min-width: 0; }
.field-label { font-weight: 600; font-size: 14.5px; }
.field-optional { font-weight: 400; color: var(--soft); }
.control { width: 100%; min-height: 40px; padding: 8px 11px; border: 1px solid var(--line-strong); border-radius: 8px; background: var(--card); }
textarea.control { resize: vertical; min-height: 96px; }
.control-short { max-width: 200px; }
.control:focus { outline: 2px solid var(--focus); outline-offset: -1px; border-color: var(--focus); }
.control::placeholder { color: var(--soft); opacity: 1; }
select.control { appearance: none; padding-right: 36px; text-overflow: ellipsis; background-image: linear-gradient(45deg, transparent 50%, var(--soft) 50%), linear-gradient(-45deg, transparent 50%, var(--soft) 50%); background-position: calc(100% - 19px) 55%, calc(100% - 14px) 55%; background-size: 5px 5px; background-repeat: no-repeat; }
select.unset { color: var(--soft); }
.field-faulty .control { border-color: var(--danger); box-shadow: 0 0 0 1px var(--danger); }
.field-faulty .control:focus { outline-color: var(--danger); border-color: var(--danger); box-shadow: none; }
.field .control { scroll-margin-block: 44px 64px; }
.field-fault { display: flex; gap: 6px; align-items: center; font-size: 13.5px; }
.field-hint { font-size: 13px; color: var(--soft); }
.files-control { display: flex; flex-direction: column; gap: 8px; padding: 10px; border: 1px dashed var(--line-strong); border-radius: 8px; background: var(--card); }
.files-control.over { border-color: var(--accent-text); background: var(--mention); }
.field-faulty .files-control { border-color: var(--danger); box-shadow: 0 0 0 1px var(--danger); }
.files-pick { position: relative; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; }
.files-pick .button { cursor: pointer; }
.files-pick input:focus-visible + .button { outline: 2px solid var(--focus); outline-offset: 2px; }
.picked { list-style: none; display: flex; flex-wrap: wrap; gap: 6px; margin: 0; padding: 0; }
.picked-file { display: flex; align-items: center; gap: 8px; max-width: 100%; padding: 4px 2px 4px 4px; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); font-size: 13px; }
.picked-face { display: inline-flex; align-items: center; justify-content: center; width: 36px; height: 36px; flex: none; border-radius: 6px; object-fit: cover; color: var(--soft); background: var(--ground); }
.picked-name { min-width: 0; max-width: 180px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.picked .icon-button { width: 28px; height: 28px; }
.picked .icon-button .icon { width: 14px; height: 14px; }
.ticks { border: 0; margin: 0; padding: 0; min-width: 0; display: flex; flex-direction: column; gap: 2px; }
.tick { display: flex; gap: 10px; align-items: flex-start; padding: 6px 0; cursor: pointer; }
.tick input { width: 18px; height: 18px; margin: 2px 0 0; accent-color: var(--accent); flex: none; }
.tick small { display: block; color: var(--soft); font-size: 13px; }

@media (max-width: 640px) {
  .modal { position: fixed; inset: 0; width: 100vw; height: 100dvh; max-height: none; margin: 0; border-radius: 0; }
  .modal-head { padding: calc(10px + env(safe-area-inset-top)) 6px 10px 18px; border-bottom: 1px solid var(--line); }
  .modal-head h2 { font-size: 19px; }
  .modal-body { padding: 18px 18px 24px; }
  .modal-foot { padding: 12px 18px calc(14px + env(safe-area-inset-bottom)); }
  .dialog-actions .button { flex: 1; min-height: 46px; }
  .control { min-height: 46px; font-size: 16px; }
  .picked .icon-button { width: 40px; height: 40px; }
  .tick { min-height: 44px; align-items: center; }
  .tick input { margin: 0; width: 22px; height: 22px; }
}
`;
