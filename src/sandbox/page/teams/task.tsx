import type { JSX } from 'preact';
import { Dialog } from '../dialog.js';
import { Icon } from '../icons.js';
import { CardView } from './card.js';
import { openAddress, ToastLine } from './message.js';
import { useOffice } from './office.js';
import type { EnteredInputs, PressedAction, TenantDialog } from './wire.js';

/** A dialog of the bot's: a form, a page, or a sentence. What is typed stays until the bot closes it or the person does. */
export function TaskDialog({ dialog, onClosed }: { readonly dialog: TenantDialog; readonly onClosed: () => void }): JSX.Element {
  const { words, act, state } = useOffice();
  const close = () => {
    onClosed();
    void act('close', {});
  };
  const press = async (action: PressedAction, inputs: EnteredInputs) => {
    if (action.type === 'Action.OpenUrl') openAddress(action.url);
    else await act('submit', { action, inputs });
  };
  const toast = state.toasts[''];
  return (
    <Dialog class="modal task" labelledBy="task-title" onCancel={close}>
      <header class="modal-head">
        <h2 id="task-title">{dialog.title}</h2>
        <button type="button" class="icon-button" aria-label={words.close} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="modal-body">
        {dialog.card !== undefined && <CardView card={dialog.card} onPress={press} form />}
        {dialog.message !== undefined && <p class="task-message">{dialog.message}</p>}
        {dialog.url !== undefined && (
          <p class="task-message">
            <a class="button primary solid" href={dialog.url} target="_blank" rel="noopener noreferrer">
              {dialog.title}
            </a>
          </p>
        )}
        {toast !== undefined && <ToastLine toast={toast} />}
      </div>
    </Dialog>
  );
}
