/** What a simulated Microsoft 365 tenant begins with: people, teams with channels, one bot. */
export interface TeamsSeed {
  readonly tenant: { readonly id: string; readonly name: string };
  /** The bot's registration; the password opens the simulator's token endpoint and nothing else. */
  readonly app: { readonly id: string; readonly password: string; readonly name: string };
  readonly people: readonly SeedPerson[];
  readonly teams: readonly SeedTeam[];
  /** Resource-specific consent `ChannelMessage.Read.Group`: the bot hears every channel message, and may read them back. */
  readonly rsc: boolean;
}

export interface SeedPerson {
  /** The object id in Entra ID: who somebody is, in this tenant. */
  readonly aadObjectId: string;
  readonly name: string;
  readonly email?: string;
  /** `fr-FR`, `en-GB`. */
  readonly locale: string;
  /** IANA zone. */
  readonly timeZone: string;
  readonly job?: string;
}

export interface SeedTeam {
  /** Also the id of its General channel: `19:…@thread.tacv2`. */
  readonly id: string;
  readonly groupId: string;
  readonly name: string;
  /** Object ids. */
  readonly members: readonly string[];
  /** Is the bot installed here? Elsewhere it is refused. */
  readonly installed: boolean;
  readonly channels: readonly SeedChannel[];
}

export interface SeedChannel {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Of a private channel; absent: everybody in the team. */
  readonly members?: readonly string[];
}
