import type { JSX } from 'preact';
import type { EnteredFile } from './blocks/values.js';
import { useDesk } from './desk.js';
import { Icon } from './icons.js';
import { DRAWN_TYPES } from './wire.js';

interface PickedProperties {
  readonly files: readonly EnteredFile[];
  readonly onRemove: (file: EnteredFile) => void;
}

/** The files one is about to send, each with a way to take it out again. */
export function PickedFiles({ files, onRemove }: PickedProperties): JSX.Element | null {
  if (files.length === 0) return null;
  return (
    <ul class="picked">
      {files.map((file, index) => (
        <Picked key={file.id ?? `${index} ${file.name}`} file={file} onRemove={() => onRemove(file)} />
      ))}
    </ul>
  );
}

function Picked({ file, onRemove }: { readonly file: EnteredFile; readonly onRemove: () => void }): JSX.Element {
  const { words } = useDesk();
  return (
    <li class="picked-file" data-file={file.id}>
      <Face file={file} />
      <span class="picked-name">{file.name}</span>
      <button type="button" class="icon-button" title={words.detach(file.name)} aria-label={words.detach(file.name)} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </li>
  );
}

function Face({ file }: { readonly file: EnteredFile }): JSX.Element {
  const { fileAddress, words } = useDesk();
  if (file.id === undefined) {
    return (
      <span class="picked-face">
        <span class="spinner" role="status" aria-label={words.uploading} />
      </span>
    );
  }
  if (DRAWN_TYPES.has(file.mimetype)) return <img class="picked-face" src={fileAddress(file.id)} alt="" />;
  return (
    <span class="picked-face">
      <Icon name="file" />
    </span>
  );
}
