import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { useDropping } from '../attach.js';
import { useDesk } from '../desk.js';
import { Icon } from '../icons.js';
import { PickedFiles } from '../picked.js';
import { usePicking } from '../picking.js';
import type { FileInput } from './types.js';
import { MOST_FILES, type Value } from './values.js';

interface FileControlProperties {
  readonly element: FileInput;
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  /** What every control of a form carries: ids, names, faults. */
  readonly marks: Readonly<Record<string, string | boolean>> & { readonly id: string };
}

/** Picks or takes files by dropping them; the phone offers its camera. */
export function FileControl({ element, value, onChange, marks }: FileControlProperties): JSX.Element {
  const { words } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const files = value?.type === 'file_input' ? value.files : [];
  const most = element.max_files ?? MOST_FILES;
  const picking = usePicking({
    files,
    onChange: (next) => onChange({ type: 'file_input', files: next }),
    most,
    ...(element.filetypes === undefined ? {} : { kinds: element.filetypes }),
  });
  const over = useDropping(box, picking.add);
  const pick = (input: HTMLInputElement) => {
    picking.add([...(input.files ?? [])]);
    // Else the same file could not be picked again.
    input.value = '';
  };
  return (
    <div class={over ? 'files-control over' : 'files-control'} ref={box}>
      <div class="files-pick">
        <input
          {...marks}
          class="unseen"
          type="file"
          multiple={most > 1}
          accept={(element.filetypes ?? []).map((kind) => `.${kind}`).join(',')}
          onChange={(event) => pick(event.currentTarget)}
        />
        <label class="button" for={marks.id}>
          <Icon name="clip" /> {words.pickFiles}
        </label>
        <span class="field-hint">{words.filesHint(most)}</span>
      </div>
      <PickedFiles files={files} onRemove={picking.remove} />
      {picking.fault !== null && (
        <div class="field-fault" role="alert">
          <Icon name="warn" /> {picking.fault}
        </div>
      )}
    </div>
  );
}
