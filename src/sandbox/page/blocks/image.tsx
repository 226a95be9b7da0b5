import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useDesk } from '../desk.js';
import type { ImageElement } from './types.js';

/** A picture; its description when it cannot be had, as everything that is not on this computer. */
export function ImageView({ image, kind }: { readonly image: ImageElement; readonly kind: 'tiny' | 'small' | 'large' }): JSX.Element {
  const { fileAddress } = useDesk();
  const [broken, setBroken] = useState(false);
  const file = fileId(image.slack_file);
  const address = image.image_url ?? (file === undefined ? undefined : fileAddress(file));
  if (broken || address === undefined) return <span class={`image-missing image-${kind}`}>{image.alt_text}</span>;
  return <img class={`image-${kind}`} src={address} alt={image.alt_text} loading="lazy" onError={() => setBroken(true)} />;
}

/** A file of the workspace, named by its id or by the address Slack gave it. */
function fileId(file: ImageElement['slack_file']): string | undefined {
  return file?.id ?? /\/files\/(F[A-Z0-9]+)\//.exec(file?.url ?? '')?.[1];
}
