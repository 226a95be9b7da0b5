import type { JSX } from 'preact';
import { useDesk } from '../desk.js';
import { Icon } from '../icons.js';
import { Control } from './control.js';
import { useSurface } from './surface.js';
import { Text } from './text.js';
import type { InputBlock } from './types.js';

/** An `input` block: label, control, hint, and the fault under it. */
export function FieldView({ block, id }: { readonly block: InputBlock; readonly id: string }): JSX.Element {
  const { words } = useDesk();
  const { form } = useSurface();
  const field = `field-${id}`;
  const fault = form?.faultOf(id);
  const described = [fault !== undefined && `${field}-fault`, block.hint !== undefined && `${field}-hint`].filter(Boolean).join(' ');
  const grouped = block.element.type === 'radio_buttons' || block.element.type === 'checkboxes';
  const label = (
    <>
      <Text object={block.label} />
      {block.optional && <span class="field-optional"> ({words.optional})</span>}
    </>
  );
  return (
    <div class={fault === undefined ? 'field' : 'field field-faulty'} data-block-id={id}>
      {grouped ? (
        <div class="field-label" id={`${field}-label`}>
          {label}
        </div>
      ) : (
        <label class="field-label" for={field}>
          {label}
        </label>
      )}
      <Control
        element={block.element}
        value={form?.valueOf(id, block.element.action_id)}
        onChange={(value) => form?.change(id, block.element.action_id, value)}
        id={field}
        name={id}
        invalid={fault !== undefined}
        required={!block.optional}
        {...(described === '' ? {} : { describedBy: described })}
      />
      {fault !== undefined && (
        <div class="field-fault" id={`${field}-fault`}>
          <Icon name="warn" /> {fault}
        </div>
      )}
      {block.hint !== undefined && (
        <div class="field-hint" id={`${field}-hint`}>
          <Text object={block.hint} />
        </div>
      )}
    </div>
  );
}
