import type { JSX } from 'preact';
import { useEffect, useErrorBoundary, useMemo } from 'preact/hooks';
import { Blocks } from './blocks/blocks.js';
import { type Surface, SurfaceContext } from './blocks/surface.js';
import { asBlocks } from './blocks/types.js';
import { useDesk } from './desk.js';
import { Icon } from './icons.js';
import type { PageView } from './wire.js';

interface HomeProperties {
  readonly view: PageView | null;
  readonly connected: boolean;
  readonly onBack: () => void;
}

/** The app's Home: one page per person, which the app is told was opened, and draws anew when it likes. */
export function HomeView({ view, connected, onBack }: HomeProperties): JSX.Element {
  const { words, workspace, act } = useDesk();
  useEffect(() => void act('home', {}), []);
  return (
    <main class="channel" aria-label={words.home}>
      <header class="bar">
        <button type="button" class="icon-button only-phone" aria-label={words.back} onClick={onBack}>
          <Icon name="back" />
        </button>
        <div class="bar-words">
          <h1>{workspace.bot.name}</h1>
          <p>{words.home}</p>
        </div>
      </header>
      {!connected && (
        <div class="lost" role="status">
          {words.lost}
        </div>
      )}
      <div class="home">{view === null ? <p class="beginning">{words.homeStarting}</p> : <Page key={view.id} view={view} />}</div>
    </main>
  );
}

function Page({ view }: { readonly view: PageView }): JSX.Element {
  const { act, words } = useDesk();
  const blocks = useMemo(() => asBlocks(view.blocks), [view]);
  const [broken] = useErrorBoundary();
  const surface: Surface = { press: (press) => act('click', { view: view.id, ...press }) };
  if (broken) return <div class="block-unknown">{words.undrawable}</div>;
  return (
    <SurfaceContext.Provider value={surface}>
      <Blocks blocks={blocks} />
    </SurfaceContext.Provider>
  );
}
