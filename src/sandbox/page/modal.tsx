import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Blocks } from './blocks/blocks.js';
import { type Surface, SurfaceContext } from './blocks/surface.js';
import { asBlocks, type Block } from './blocks/types.js';
import { faultsOf, type Value, type Values, valuesOf, withValue } from './blocks/values.js';
import { useDesk } from './desk.js';
import { Dialog } from './dialog.js';
import { Icon } from './icons.js';
import type { PageView } from './wire.js';

interface ModalProperties {
  readonly view: PageView;
  /** What was typed before, when the person comes back to a view under another. */
  readonly typed: Map<string, Values>;
  readonly onClosed: () => void;
}

type Faults = Readonly<Record<string, string>>;

/** A form of the app. What is typed stays until the app closes the form or the person does. */
export function Modal({ view, typed, onClosed }: ModalProperties): JSX.Element {
  const desk = useDesk();
  const blocks = useMemo(() => asBlocks(view.blocks), [view]);
  const form = useForm(view, blocks, typed);
  const { sending, fault, submit } = useSubmission(view, blocks, form);
  const close = () => {
    onClosed();
    void desk.act('close', { view: view.id });
  };
  const surface: Surface = {
    press: (press) => desk.act('click', { view: view.id, ...press }),
    form,
  };
  return (
    <Dialog class="modal" labelledBy="modal-title" onCancel={close}>
      <form
        noValidate
        data-callback-id={view.callback_id}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <header class="modal-head">
          <h2 id="modal-title">{view.title.text}</h2>
          <button type="button" class="icon-button" aria-label={desk.words.close} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div class="modal-body">
          <SurfaceContext.Provider value={surface}>
            <Blocks blocks={blocks} />
          </SurfaceContext.Provider>
        </div>
        <ModalFoot view={view} sending={sending} fault={fault} onClose={close} onRetry={() => void submit()} />
      </form>
    </Dialog>
  );
}

/** Sends the form: first what the client checks by itself, then what the app says. */
function useSubmission(view: PageView, blocks: readonly Block[], form: ReturnType<typeof useForm>) {
  const desk = useDesk();
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const submit = async () => {
    if (sending) return;
    const missing = faultsOf(blocks, form.values, desk.words);
    form.setFaults(missing);
    setFault(null);
    if (Object.keys(missing).length > 0) return;
    setSending(true);
    const answer = await desk.act('submit', { view: view.id, values: form.values });
    setSending(false);
    if (answer.ok) return;
    form.setFaults(answer.fields ?? {});
    const told = Object.keys(answer.fields ?? {}).length > 0;
    setFault(told ? null : answer.error || desk.words.noAnswer);
  };
  return { sending, fault, submit };
}

interface FootProperties {
  readonly view: PageView;
  readonly sending: boolean;
  readonly fault: string | null;
  readonly onClose: () => void;
  readonly onRetry: () => void;
}

function ModalFoot({ view, sending, fault, onClose, onRetry }: FootProperties): JSX.Element {
  const { words } = useDesk();
  return (
    <footer class="modal-foot">
      {fault !== null && (
        <div class="modal-fault" role="alert">
          <Icon name="warn" />
          <span>
            {fault} {words.nothingLost}
          </span>
          <button type="button" class="link-button" onClick={onRetry}>
            {words.retry}
          </button>
        </div>
      )}
      <div class="dialog-actions">
        <button type="button" class="button plain" onClick={onClose}>
          {view.close?.text ?? words.cancel}
        </button>
        {view.submit !== undefined && (
          <button type="submit" class="button primary solid" disabled={sending} aria-busy={sending}>
            <span class="button-label">{view.submit.text}</span>
            {sending && <span class="spinner" role="status" aria-label={words.sending} />}
          </button>
        )}
      </div>
    </footer>
  );
}

/** The answers of a view. A view redrawn by the app keeps those that still have their field. */
function useForm(view: PageView, blocks: readonly Block[], typed: Map<string, Values>) {
  const [values, setValues] = useState<Values>(() => valuesOf(blocks, typed.get(view.id) ?? (view.state?.values as Values | undefined)));
  const [faults, setFaults] = useState<Faults>({});
  const drawn = useRef(view);
  useEffect(() => {
    if (drawn.current === view) return;
    drawn.current = view;
    setValues((before) => valuesOf(blocks, before));
  }, [view, blocks]);
  useEffect(() => {
    typed.set(view.id, values);
  }, [typed, view.id, values]);
  useEffect(() => {
    if (Object.keys(faults).length > 0) document.querySelector<HTMLElement>('.field-faulty [data-field]')?.focus();
  }, [faults]);
  return {
    values,
    setFaults,
    valueOf: (block: string, action: string): Value | undefined => values[block]?.[action],
    change: (block: string, action: string, value: Value) => {
      setValues((before) => withValue(before, block, action, value));
      setFaults(({ [block]: _, ...rest }) => rest);
    },
    faultOf: (block: string): string | undefined => faults[block],
  };
}
