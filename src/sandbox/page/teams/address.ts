/** Where somebody is on the Teams page. Lives in the address bar, so that several tabs can be several people. */
export interface Spot {
  readonly as: string;
  /** Absent on a phone that shows the list. */
  readonly conversation?: string;
  /** The panel of ready leads is open. */
  readonly leads?: boolean;
}

/** Reads `?as=aad-alice&conversation=19:leads@thread.tacv2`; `as` is empty when missing. */
export function readSpot(search: string): Spot {
  const parameters = new URLSearchParams(search);
  const conversation = parameters.get('conversation');
  return {
    as: parameters.get('as') ?? '',
    ...(conversation ? { conversation } : {}),
    ...(parameters.has('leads') ? { leads: true } : {}),
  };
}

/** The address of a spot, beginning with `?`. */
export function spotAddress({ as, conversation, leads }: Spot): string {
  const parameters = new URLSearchParams({ as });
  if (conversation !== undefined) parameters.set('conversation', conversation);
  if (leads === true) parameters.set('leads', '1');
  return `?${parameters}`;
}
