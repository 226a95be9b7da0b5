/** The workspace a simulator starts with, and the app installed in it. */
export interface SlackSeed {
  readonly workspace: {
    readonly id: string;
    readonly name: string;
    readonly domain: string;
  };
  readonly users: readonly SeedUser[];
  readonly channels: readonly SeedChannel[];
  readonly bot: {
    readonly userId: string;
    readonly botId: string;
    readonly appId: string;
    readonly name: string;
  };
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly commands: readonly {
    readonly command: string;
    readonly hint: string;
  }[];
  /** Scopes of the bot token; absent: all that the simulator knows. */
  readonly scopes?: readonly string[];
  /** Event subscriptions; absent: channel and group messages, members joining, the Home tab. */
  readonly events?: readonly string[];
}

export interface SeedUser {
  readonly id: string;
  /** The handle, without `@`. */
  readonly name: string;
  readonly realName: string;
  readonly email?: string;
  /** `fr-FR`, `en-GB`. */
  readonly locale: string;
  /** IANA zone. */
  readonly tz: string;
  readonly job?: string;
}

export interface SeedChannel {
  readonly id: string;
  readonly name: string;
  readonly private: boolean;
  readonly topic: string;
  readonly members: readonly string[];
  readonly botIsMember: boolean;
}
