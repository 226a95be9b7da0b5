import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useDesk } from '../desk.js';
import { ConfirmDialog } from '../dialog.js';
import { Icon } from '../icons.js';
import { safeUrl } from '../rich.js';
import { Control } from './control.js';
import { ImageView } from './image.js';
import { useSurface } from './surface.js';
import { Text } from './text.js';
import type { BlockElement, ButtonElement, InputElement } from './types.js';
import { initial, isInput, type Value } from './values.js';

/** Buttons and choices side by side. A failed press is told under them, with another try. */
export function ActionRow({ elements, id }: { readonly elements: readonly BlockElement[]; readonly id: string }): JSX.Element {
  return (
    <div class="block-actions">
      {elements.map((element, index) => (
        <ElementView key={'action_id' in element ? element.action_id : `${index}`} element={element} id={id} />
      ))}
    </div>
  );
}

/** One element of an `actions` block or the accessory of a `section`. */
export function ElementView({ element, id }: { readonly element: BlockElement; readonly id: string }): JSX.Element {
  const { words } = useDesk();
  if (element.type === 'image') return <ImageView image={element} kind="small" />;
  if (element.type === 'button') return <ButtonView button={element} id={id} />;
  if (isInput(element)) return <Choice element={element} id={id} />;
  return <span class="block-unknown">{words.unknownBlock(String((element as { type: unknown }).type))}</span>;
}

type Pressing = { readonly state: 'idle' | 'sending' | 'asking' } | { readonly state: 'failed'; readonly error: string };

interface ButtonProperties {
  readonly button: ButtonElement;
  readonly id: string;
}

function ButtonView({ button, id }: ButtonProperties): JSX.Element {
  const surface = useSurface();
  const [pressing, setPressing] = useState<Pressing>({ state: 'idle' });
  const send = async () => {
    setPressing({ state: 'sending' });
    const value = button.value === undefined ? {} : { value: button.value };
    const answer = await surface.press({ block_id: id, action_id: button.action_id, ...value });
    setPressing(answer.ok ? { state: 'idle' } : { state: 'failed', error: answer.error });
  };
  const click = () => {
    if (pressing.state === 'sending') return;
    if (button.confirm === undefined || button.url !== undefined) void send();
    else setPressing({ state: 'asking' });
  };
  return (
    <span class="pressable">
      <ButtonFace button={button} id={id} sending={pressing.state === 'sending'} onClick={click} />
      {pressing.state === 'failed' && (
        <span class="press-fault" role="alert">
          <Icon name="warn" /> {pressing.error}
        </span>
      )}
      {pressing.state === 'asking' && button.confirm !== undefined && (
        <ConfirmDialog
          title={<Text object={button.confirm.title} />}
          text={<Text object={button.confirm.text} />}
          yes={button.confirm.confirm.text}
          no={button.confirm.deny.text}
          danger={button.confirm.style === 'danger'}
          onYes={() => void send()}
          onNo={() => setPressing({ state: 'idle' })}
        />
      )}
    </span>
  );
}

/** A button to press, or a link that also tells the app. */
function ButtonFace({
  button,
  id,
  sending,
  onClick,
}: ButtonProperties & { readonly sending: boolean; readonly onClick: () => void }): JSX.Element {
  const { words } = useDesk();
  const look = {
    class: `button ${button.style ?? 'plain'}`,
    'data-action-id': button.action_id,
    'data-block-id': id,
    ...(button.accessibility_label === undefined ? {} : { 'aria-label': button.accessibility_label }),
    onClick,
  };
  const label = (
    <span class="button-label">
      <Text object={button.text} />
    </span>
  );
  if (button.url !== undefined && safeUrl(button.url) !== null) {
    return (
      <a {...look} href={button.url} target="_blank" rel="noopener noreferrer">
        {label}
      </a>
    );
  }
  return (
    <button type="button" {...look} aria-busy={sending} aria-disabled={sending}>
      {label}
      {sending && <span class="spinner" role="status" aria-label={words.sending} />}
    </button>
  );
}

/** A choice outside an `input` block tells the app at once. */
function Choice({ element, id }: { readonly element: InputElement; readonly id: string }): JSX.Element {
  const surface = useSurface();
  const [own, setOwn] = useState<Value>(() => initial(element));
  const value = surface.form?.valueOf(id, element.action_id) ?? own;
  const change = (next: Value) => {
    setOwn(next);
    surface.form?.change(id, element.action_id, next);
    void surface.press({ block_id: id, action_id: element.action_id, choice: next });
  };
  return (
    <Control
      element={element}
      value={value}
      onChange={change}
      name={`${id}/${element.action_id}`}
      id={`field-${id}-${element.action_id}`}
    />
  );
}
