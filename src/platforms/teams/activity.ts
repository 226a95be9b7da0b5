/** What is read of the activities Teams sends: everything checked, nothing believed but who sent it. */
export interface Heard {
  /** `message`, `messageUpdate`, `messageDelete`, `invoke`, `installationUpdate`, `conversationUpdate` … */
  readonly type: string;
  /** Of an invoke: `adaptiveCard/action`, `task/fetch`, `task/submit`. */
  readonly name: string;
  readonly id: string;
  readonly serviceUrl: string;
  /** As all places that name it agree; undefined when they do not, or none does. */
  readonly tenant: string | undefined;
  readonly conversation: string;
  readonly personal: boolean;
  readonly team: string | undefined;
  /** The group in Entra ID that the team is, where the activity names it. */
  readonly group: string | undefined;
  readonly from: { readonly id: string; readonly objectId: string; readonly name: string };
  readonly bot: string;
  /** The message whose button was pressed. */
  readonly replyTo: string | undefined;
  readonly value: Fields;
  readonly text: string;
  readonly attachments: readonly Fields[];
  readonly mentions: readonly { readonly id: string; readonly text: string }[];
  /** It tells that the bot was just installed here. Teams repeats this at will. */
  readonly installed: boolean;
  /** `editMessage`, `softDeleteMessage`, `undeleteMessage`. */
  readonly event: string;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for what lacks what every activity of Teams has. */
export function readActivity(body: unknown): Heard | undefined {
  if (!isRecord(body) || body.channelId !== 'msteams') return undefined;
  const [conversation, data, from, bot] = [part(body.conversation), part(body.channelData), part(body.from), part(body.recipient)];
  const [type, serviceUrl, where] = [word(body.type), word(body.serviceUrl), word(conversation.id)];
  if (type === '' || serviceUrl === '' || where === '' || word(from.id) === '' || word(bot.id) === '') return undefined;
  return {
    type,
    serviceUrl,
    conversation: where,
    name: word(body.name),
    id: word(body.id),
    tenant: agreed([conversation.tenantId, part(data.tenant).id]),
    personal: conversation.conversationType === 'personal',
    team: word(part(data.team).id) || undefined,
    group: word(part(data.team).aadGroupId) || undefined,
    from: { id: word(from.id), objectId: word(from.aadObjectId), name: word(from.name) },
    bot: word(bot.id),
    replyTo: word(body.replyToId) || undefined,
    value: part(body.value),
    text: word(body.text),
    attachments: list(body.attachments),
    mentions: list(body.entities).flatMap(mention),
    installed: isInstallation(type, body, word(bot.id)),
    event: word(data.eventType),
  };
}

/** Of one installation comes either activity, or both. */
function isInstallation(type: string, { action, membersAdded }: Fields, bot: string): boolean {
  if (type === 'installationUpdate') return word(action).startsWith('add');
  return type === 'conversationUpdate' && list(membersAdded).some(({ id }) => id === bot);
}

function agreed(values: readonly unknown[]): string | undefined {
  const named = [...new Set(values.map(word).filter((value) => value !== ''))];
  return named.length === 1 ? named[0] : undefined;
}

function mention(entity: Fields): { readonly id: string; readonly text: string }[] {
  return entity.type === 'mention' ? [{ id: word(part(entity.mentioned).id), text: word(entity.text) }] : [];
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function part(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

export function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
