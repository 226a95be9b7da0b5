import type { JSX, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from './desk.js';
import { Icon } from './icons.js';

/** The paper clip beside the words. */
export function AttachButton({ onFiles }: { readonly onFiles: (files: Iterable<File>) => void }): JSX.Element {
  const { words } = useDesk();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        class="unseen"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={words.pickFiles}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          // Else the same file could not be picked again.
          event.currentTarget.value = '';
        }}
      />
      <button type="button" class="attach" title={words.attach} aria-label={words.attach} onClick={() => input.current?.click()}>
        <Icon name="clip" />
      </button>
    </>
  );
}

/** Takes files dropped on an element, or on what is `around` it. Answers whether files hover there. */
export function useDropping(element: RefObject<HTMLElement | null>, onFiles: (files: Iterable<File>) => void, around?: string): boolean {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const place = around === undefined ? element.current : element.current?.closest<HTMLElement>(around);
    if (!place) return;
    const heard = new AbortController();
    const options = { signal: heard.signal };
    const hover = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (!(relatedTarget instanceof Node && place.contains(relatedTarget))) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(false);
      take.current([...event.dataTransfer.files]);
    };
    place.addEventListener('dragover', hover, options);
    place.addEventListener('dragleave', leave, options);
    place.addEventListener('drop', drop, options);
    return () => heard.abort();
  }, [element, around]);
  return over;
}
