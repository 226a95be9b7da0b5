import { AdaptiveCard, HostConfig } from 'adaptivecards';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../desk.js';
import { HOST_CONFIG } from './host-config.js';
import { markdownHtml } from './markdown.js';
import type { EnteredInputs, PressedAction } from './wire.js';

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownHtml(text);
  result.didProcess = true;
};

interface CardProperties {
  readonly card: unknown;
  /** A button that the bot, or the browser, has to answer. Its inputs are in order. */
  readonly onPress: (action: PressedAction, inputs: EnteredInputs) => Promise<void>;
  /** Draws nothing of a message, takes the first field in hand. */
  readonly form?: boolean;
}

/** An Adaptive Card as Teams draws it: by Microsoft's own library. */
export function CardView({ card, onPress, form = false }: CardProperties): JSX.Element {
  const { me, words } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const [broken, setBroken] = useState(false);
  const [busy, setBusy] = useState(false);
  const press = useRef(onPress);
  press.current = onPress;
  // A card that says the same is not drawn again: what was typed in it would be lost.
  const json = JSON.stringify(card);
  useLayoutEffect(() => {
    const drawn = draw(json, me.locale, (action, inputs) => {
      setBusy(true);
      void press.current(action, inputs).finally(() => setBusy(false));
    });
    setBroken(drawn === null);
    box.current?.replaceChildren(...(drawn === null ? [] : [drawn]));
  }, [json, me.locale]);
  useEffect(() => {
    // On a touch screen this would only raise the keyboard.
    if (form && !matchMedia('(hover: none)').matches) box.current?.querySelector<HTMLElement>('input, textarea, select')?.focus();
  }, [form, json]);
  return (
    <div class={form ? 'ac-box ac-form' : 'ac-box ac-message'} aria-busy={busy}>
      <div ref={box} inert={busy} />
      {broken && <p class="undrawable">{words.undrawable}</p>}
    </div>
  );
}

function draw(json: string, locale: string, pressed: (action: PressedAction, inputs: EnteredInputs) => void): HTMLElement | null {
  try {
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig(HOST_CONFIG);
    card.lang = locale;
    card.parse(JSON.parse(json));
    card.onExecuteAction = (action) => {
      const { type, title, verb, url, data } = action.toJSON() as unknown as PressedAction;
      pressed(
        {
          type,
          ...(title === undefined ? {} : { title }),
          ...(verb === undefined ? {} : { verb }),
          ...(url === undefined ? {} : { url }),
          ...(data === undefined ? {} : { data }),
        },
        enteredIn(card),
      );
    };
    return card.render() ?? null;
  } catch {
    return null;
  }
}

/** Everything that stands in the card's inputs, empty ones too. */
function enteredIn(card: AdaptiveCard): EnteredInputs {
  return Object.fromEntries(card.getAllInputs().map((input): [string, string] => [input.id ?? '', String(input.value ?? '')]));
}
