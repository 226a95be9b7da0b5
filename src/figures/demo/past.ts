import { localDay } from '../../dealership/clock.js';
import { BY_HAND, type Group } from '../../dealership/group.js';
import { announce, sayBelow, show } from '../../leads/announce.js';
import type { NewLead } from '../../leads/lead.js';
import { bringBack } from '../../leads/resting.js';
import { newId } from '../../store/id.js';
import type { Store, Unit } from '../../store/store.js';
import { dayAfter, startOf } from '../period.js';
import { enquire } from './enquiries.js';
import { type House, housesOf, type SourceOf } from './house.js';
import { keepStories } from './keep.js';
import { endBy, live } from './live.js';
import { type Luck, luck } from './luck.js';
import { type Story, tell } from './story.js';

const DAYS = 90;
const MINUTE = 60_000;
/** Of older leads nobody has finished, so many are left open: each of them has a card to be posted. */
const LEFT_OPEN = 0.15;
/** Of those, so many wait for a manager's decision. */
const ASKED = 0.4;
/** Minutes ago something came that nobody has taken yet. */
const JUST_CAME = [4, 19, 47] as const;
const STORED_AT_ONCE = 300;

/** How busy a day is, Monday first; a month, January first; an hour. */
const WEEK = [1.25, 1, 1.05, 0.95, 1, 1.25, 0.5] as const;
const YEAR = [1, 0.95, 1.2, 1.05, 1, 1.1, 0.85, 0.65, 1.15, 1.1, 1, 0.8] as const;
const HOURS = [1, 0, 0, 0, 0, 0.5, 1.5, 4, 7, 10, 11, 10, 7, 6, 9, 9, 8, 8, 9, 9, 8, 7, 4, 2] as const;

/**
 * Gives an empty database ninety days behind it: what came to each site, what its people did about it, how it ended.
 * The same seed and day tell the same stories. Leads still open have their cards posted, the others need none.
 * @returns false when the database was not empty, and nothing was done
 */
export async function bringPast(store: Store, group: Group, sources: readonly SourceOf[], now: Date, seed = 7): Promise<boolean> {
  if ((await store.db.lead.findFirst({ select: { id: true } })) !== null) return false;
  const stories = housesOf(group, sources)
    .flatMap((house) => storiesOf(house, luck(seed + house.daily), now).map((story) => ({ house, story })))
    .sort((a, b) => a.story.lead.receivedAt.getTime() - b.story.lead.receivedAt.getTime());
  for (let from = 0; from < stories.length; from += STORED_AT_ONCE) {
    const some = stories.slice(from, from + STORED_AT_ONCE);
    await store.transact(async (unit) => {
      await keepStories(
        unit.db,
        some.map(({ story }) => story),
      );
      for (const { house, story } of some) post(unit, house, story);
    });
  }
  return true;
}

/** What came to one site, and what became of it. */
export function storiesOf(house: House, luck: Luck, now: Date): readonly Story[] {
  const today = localDay(house.dealership, now);
  const stories: Story[] = [];
  for (let day = dayAfter(today, -DAYS); day <= today; day = dayAfter(day)) {
    const date = new Date(`${day}T00:00Z`);
    const busy = house.daily * (WEEK[(date.getUTCDay() + 6) % 7] ?? 1) * (YEAR[date.getUTCMonth()] ?? 1);
    const count = Math.round(busy * luck.between(0.65, 1.35));
    for (let n = 0; n < count; n++) {
      const receivedAt = timeOn(house, day, luck);
      if (receivedAt < now) stories.push(storyOf(house, luck, receivedAt, `demo-${house.dealership.id}-${day}-${n}`, now));
    }
  }
  const fresh = JUST_CAME.map((minutes, n) => {
    const receivedAt = new Date(now.getTime() - minutes * MINUTE);
    return tell({
      ...leadOf(house, luck, receivedAt, `demo-${house.dealership.id}-fresh-${n}`),
      sourceId: house.sources[0]?.[0] ?? BY_HAND,
    });
  });
  return [...stories, ...fresh];
}

function timeOn({ dealership }: House, day: string, luck: Luck): Date {
  const hour = luck.weigh(HOURS.map((weight, n) => [n, weight] as const));
  return new Date(startOf(dealership, day).getTime() + (hour * 60 + luck.between(0, 60)) * MINUTE);
}

function storyOf(house: House, luck: Luck, receivedAt: Date, externalKey: string, now: Date): Story {
  const lead = leadOf(house, luck, receivedAt, externalKey);
  const entered = lead.sourceId === BY_HAND ? luck.pick(house.sellers).id : null;
  const story = tell({
    ...lead,
    ...(entered !== null && { enteredBy: { personId: entered, platform: 'slack' }, ...(luck.hits(0.6) && { ownerId: entered }) }),
  });
  const days = (now.getTime() - receivedAt.getTime()) / (1440 * MINUTE);
  const young = days < 2;
  live(story, house, luck, now, young ? 1 : Math.min(1, 0.1 + days / 24));
  if (young || story.row.closedAt !== null) return story;
  if (story.row.ownerId === null || !luck.hits(LEFT_OPEN)) endBy(story, house, luck, now);
  else if (luck.hits(ASKED) && !story.pending) askLate(story, house, luck, now);
  return story;
}

/** A request that came in today, after everything else. */
function askLate(story: Story, { dealership }: House, luck: Luck, now: Date): void {
  const last = story.facts.at(-1)?.at ?? story.lead.receivedAt;
  const at = new Date(Math.max(last.getTime(), now.getTime() - luck.between(30, 300) * MINUTE));
  const reason = luck.pick(dealership.abandonment.reasons)?.id ?? 'other';
  if (story.row.ownerId !== null && at < now) story.askAbandonment(at, story.row.ownerId, reason, 'Le client ne donne pas suite.');
}

function leadOf(house: House, luck: Luck, receivedAt: Date, externalKey: string): NewLead {
  const sourceId = luck.hits(0.06) || house.sources.length === 0 ? BY_HAND : luck.weigh(house.sources);
  return {
    ...{ id: newId(), dealershipId: house.dealership.id, sourceId, externalKey, rawIntakeId: null, tier: 'parsed' },
    ...{ receivedAt, requestedAt: receivedAt, ...enquire(luck, house.region, receivedAt.getUTCFullYear()), problems: [] },
  };
}

/** A lead that is not over has its card, what waits for somebody stands where they look, and what rests comes back. */
function post({ enqueue }: Unit, { dealership }: House, story: Story): void {
  const { restingUntil } = story.row;
  if (restingUntil !== null) bringBack(enqueue, story.lead.id, dealership, new Date(`${restingUntil}T00:00Z`));
  if (!story.allows('claim') && !story.allows('ask-abandonment')) return;
  const leadId = story.lead.id;
  const { managers, appraisals } = dealership.channels;
  announce(enqueue, leadId, dealership, 'post');
  for (const { id, decidedAt } of story.decisions) {
    if (decidedAt !== null) continue;
    const about = { leadId, topic: 'abandon.request', subject: id };
    if (managers === null) sayBelow(enqueue, dealership, about, 'post');
    else show(enqueue, { ...about, channel: managers }, 'post');
  }
  const asked = story.appraisals.at(-1);
  if (!asked || asked.answeredAt !== null) return;
  const about = { leadId, topic: 'appraisal.request', subject: asked.id };
  sayBelow(enqueue, dealership, about, 'post');
  if (appraisals !== null) show(enqueue, { ...about, channel: appraisals }, 'post');
}
