import type { Bars } from '../../charts/bars.js';
import type { Card } from '../../chat/card.js';
import type { Dealership } from '../../dealership/dealership.js';
import { type Digest, readDigest } from '../../figures/digest.js';
import { fullDay, weekday } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import type { Notice } from '../../posting/notice.js';
import type { Desk } from '../workflow.js';
import { capitalised, digestCard } from './card.js';
import { type Measure, usual } from './counts.js';
import { goesOn } from './due.js';
import { databaseTime } from './give.js';
import { digestWords } from './messages.js';
import { pictureFor } from './picture.js';
import { viewFor } from './view.js';

const MEASURES = ['received', 'claimed', 'contacted', 'appointments', 'won', 'abandoned'] as const satisfies readonly Measure[];

/** The digest of `lyon/2026-11-20`; null once that day is over. */
export async function showDigest(desk: Desk, notice: Notice): Promise<Card | null> {
  const { db } = desk.store;
  const [id = '', day = ''] = notice.subject.split('/');
  const dealership = desk.group.dealership(id);
  const now = await databaseTime(db);
  if (!dealership || !goesOn([dealership], day, now)) return null;
  const digest = await readDigest(db, dealership, day, now);
  const view = await viewFor(desk, notice.place, dealership.language, leadsOf(digest));
  const chart = digest.quiet ? null : await pictureFor(desk, notice, barsOf(digest, dealership, view.language), view);
  const { directory, sourceName } = desk.group;
  return digestCard(digest, { dealership, view, directory, sourceName, chart });
}

/** The day beside a usual one. */
function barsOf(digest: Digest, dealership: Dealership, language: Language): Bars {
  const { value, usual: often, measures } = digestWords[language].chart;
  const name = weekday(digest.day, language);
  return {
    title: `${capitalised(fullDay(digest.day, language))} · ${dealership.name}`,
    legend: { value: value(name), usual: often(name) },
    rows: MEASURES.map((measure) => ({
      label: measures[measure],
      value: digest.today[measure],
      usual: usual(digest.before, measure),
    })),
  };
}

function leadsOf({ standing, ends }: Digest) {
  const { late, waiting, decisions, appraisals, hot, appointments } = standing;
  return [late, waiting, decisions, appraisals, hot, appointments, ends].flatMap(({ lines }) => lines.map(({ lead }) => lead));
}
