import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useDesk } from './desk.js';
import { Icon } from './icons.js';
import { DRAWN_TYPES, type PageFile } from './wire.js';

/** What came with a message: first the pictures, side by side, then anything else by its name. */
export function Files({ files }: { readonly files: readonly PageFile[] }): JSX.Element | null {
  if (files.length === 0) return null;
  const pictures = files.filter(({ mimetype }) => DRAWN_TYPES.has(mimetype));
  const others = files.filter(({ mimetype }) => !DRAWN_TYPES.has(mimetype));
  return (
    <div class={files.length === 1 ? 'files alone' : 'files'}>
      {[...pictures, ...others].map((file) => (
        <FileView key={file.id} file={file} />
      ))}
    </div>
  );
}

function FileView({ file }: { readonly file: PageFile }): JSX.Element {
  const { fileAddress } = useDesk();
  const [broken, setBroken] = useState(false);
  const address = fileAddress(file.id);
  if (DRAWN_TYPES.has(file.mimetype) && !broken) {
    return (
      <a class="file" href={address} target="_blank" rel="noopener noreferrer" title={file.name}>
        <img class="image-large" src={address} alt={file.name} onError={() => setBroken(true)} />
      </a>
    );
  }
  return (
    <a class="file file-named" href={address} download={file.name}>
      <Icon name="file" /> {file.name}
    </a>
  );
}
