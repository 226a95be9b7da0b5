/** Where somebody is on the page. Lives in the address bar, so that several tabs can be several people. */
export interface Place {
  readonly as: string;
  /** Absent on a phone that shows the list of channels. */
  readonly channel?: string;
  /** The `ts` of the message whose thread is open. */
  readonly thread?: string;
  /** The app's Home instead of a channel. */
  readonly home?: boolean;
  /** The panel of ready leads is open. */
  readonly leads?: boolean;
}

/** Reads `?as=U0ALICE&channel=C0LEADS&thread=1.2`; `as` is empty when missing. */
export function readPlace(search: string): Place {
  const parameters = new URLSearchParams(search);
  const channel = parameters.get('channel');
  const thread = parameters.get('thread');
  return {
    as: parameters.get('as') ?? '',
    ...(channel ? { channel } : {}),
    ...(thread ? { thread } : {}),
    ...(parameters.has('home') ? { home: true } : {}),
    ...(parameters.has('leads') ? { leads: true } : {}),
  };
}

/** The address of a place, beginning with `?`. */
export function placeAddress(place: Place): string {
  const parameters = new URLSearchParams({ as: place.as });
  if (place.channel !== undefined) parameters.set('channel', place.channel);
  if (place.thread !== undefined) parameters.set('thread', place.thread);
  if (place.home === true) parameters.set('home', '1');
  if (place.leads === true) parameters.set('leads', '1');
  return `?${parameters}`;
}

const MESSAGE = /^https:\/\/[^/]+\.slack\.com\/archives\/([CDG][A-Z0-9]+)\/p(\d+)(\d{6})$/;

/** The place on this page of a message whose address at Slack this is; null for any other address. */
export function placeOf(url: string, as: string): Place | null {
  const [, channel, seconds, micros] = MESSAGE.exec(url) ?? [];
  return channel && seconds && micros ? { as, channel, thread: `${seconds}.${micros}` } : null;
}
