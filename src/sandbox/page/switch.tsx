import type { JSX } from 'preact';

interface SwitchProperties {
  readonly here: 'Slack' | 'Teams';
  /** Where the same person is on the other platform; absent: nowhere. */
  readonly there: string | undefined;
}

/** The same dealership on two platforms: which of them one looks at. */
export function WorkspaceSwitch({ here, there }: SwitchProperties): JSX.Element {
  return (
    <div class="switch">
      {(['Slack', 'Teams'] as const).map((name) =>
        name === here ? (
          <span key={name} aria-current="page">
            {name}
          </span>
        ) : (
          <a key={name} {...(there === undefined ? { 'aria-disabled': true } : { href: there })}>
            {name}
          </a>
        ),
      )}
    </div>
  );
}
