import type { JSX } from 'preact';
import { placeAddress } from './address.js';
import { Avatar } from './avatar.js';
import { channelTitle, isDirect, useDesk } from './desk.js';
import { Icon } from './icons.js';
import { PeopleList } from './people.js';
import { type Chat, hasUnread } from './state.js';
import { WorkspaceSwitch } from './switch.js';
import type { PageChannel } from './wire.js';

interface SidebarProperties {
  readonly chat: Chat;
  /** The channel on screen. */
  readonly current: string | undefined;
  /** The app's Home is on screen. */
  readonly atHome: boolean;
  readonly onHome: () => void;
  readonly onChannel: (channel: string) => void;
  readonly onPerson: (person: string) => void;
  readonly onLeads: () => void;
}

/** The left-hand side: where one can go, and who one can be. */
export function Sidebar({ chat, current, atHome, onHome, onChannel, onPerson, onLeads }: SidebarProperties): JSX.Element {
  const { workspace, words, me } = useDesk();
  const link = (channel: PageChannel) => (
    <ChannelLink key={channel.id} channel={channel} chat={chat} current={channel.id === current} onOpen={() => onChannel(channel.id)} />
  );
  const direct = chat.channels.filter(isDirect);
  return (
    <nav class="sidebar" aria-label={workspace.name}>
      <header class="sidebar-head">
        <Avatar user={workspace.bot.userId} />
        <div>
          <h1>{workspace.name}</h1>
          <p>Forecourt</p>
        </div>
      </header>
      {workspace.twins !== undefined && (
        <WorkspaceSwitch
          here="Slack"
          there={workspace.twins[me.id] === undefined ? undefined : `/sandbox/teams?as=${workspace.twins[me.id]}`}
        />
      )}
      <div class="sidebar-scroll">
        <button type="button" class="button solid accent sidebar-lead" onClick={onLeads}>
          <Icon name="plus" /> {words.sendLead}
        </button>
        <ul class="sidebar-home">
          <li>
            <button type="button" class="channel-link" data-home aria-current={atHome ? 'page' : undefined} onClick={onHome}>
              <Icon name="home" />
              <span class="channel-name">{words.home}</span>
            </button>
          </li>
        </ul>
        <h2>{words.channels}</h2>
        <ul>{chat.channels.filter((channel) => !isDirect(channel)).map(link)}</ul>
        {direct.length > 0 && <h2>{words.directMessages}</h2>}
        {direct.length > 0 && <ul>{direct.map(link)}</ul>}
      </div>
      <PeopleList onPerson={onPerson} addressOf={(as) => placeAddress({ as })} />
    </nav>
  );
}

interface LinkProperties {
  readonly channel: PageChannel;
  readonly chat: Chat;
  readonly current: boolean;
  readonly onOpen: () => void;
}

function ChannelLink({ channel, chat, current, onOpen }: LinkProperties): JSX.Element {
  const desk = useDesk();
  const unread = !current && hasUnread(chat, channel.id, desk.me.id);
  const other = channel.members.find((member) => member !== desk.me.id);
  return (
    <li>
      <button
        type="button"
        class={unread ? 'channel-link unread' : 'channel-link'}
        data-channel={channel.id}
        aria-current={current ? 'page' : undefined}
        onClick={onOpen}
      >
        {isDirect(channel) && other !== undefined ? (
          <Avatar user={other} size="small" />
        ) : (
          <Icon name={channel.private ? 'lock' : 'hash'} />
        )}
        <span class="channel-name">{isDirect(channel) ? channelTitle(desk, channel) : channel.name}</span>
        {unread && <span class="dot" role="img" aria-label={desk.words.unread} />}
      </button>
    </li>
  );
}
