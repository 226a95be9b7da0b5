import { type Card, sentence } from '../../chat/card.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { moment, money } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import type { Lead } from '../../leads/lead.js';
import { readPhoto, VIEWS, type View } from '../../leads/photos.js';
import { type Fact, readFact } from '../../leads/timeline.js';
import type { Whisper, Whisperer } from '../../leads/whisper.js';
import { addPhotosButton } from '../photo-page.js';
import { type Desk, type FactTeller, told } from '../workflow.js';
import { carName } from './car.js';
import { estimateLine, photosCard } from './card.js';
import { estimateWords } from './estimate-messages.js';
import { appraisalWords } from './messages.js';
import { nameOf } from './people.js';
import { type Appraisal, readAppraisal } from './records.js';

/** What a private message about a request is made of. */
interface Told {
  readonly fact: Fact;
  readonly appraisal: Appraisal;
  readonly lead: Lead;
  readonly dealership: Dealership;
  readonly language: Language;
}

/** The private messages, by topic. */
export function whispers(desk: Desk): Readonly<Record<string, Whisperer>> {
  const about = (make: (told: Told) => Promise<Card | null> | Card | null) => (whisper: Whisper) => tellAbout(desk, whisper, make);
  const asker = ({ appraisal }: Told) => nameOf(desk, appraisal.requesterId);
  return {
    'appraisal.asked': about(async (it) => sentence(appraisalWords[it.language].toEstimate(await asker(it), carName(it.appraisal.car)))),
    'appraisal.chase': about(async (it) => {
      if (it.appraisal.answeredAt !== null) return null;
      const since = moment(it.appraisal.requestedAt, desk.now(), localeOf(it.dealership, it.language));
      return sentence(appraisalWords[it.language].chase(carName(it.appraisal.car), await asker(it), since));
    }),
    'appraisal.photos': about(({ fact, appraisal, lead, language }) =>
      photosCard(fact.actor?.name ?? '', appraisal.car, missingOf(fact), language, addPhotosButton(desk, lead, language)),
    ),
    'appraisal.photo-came': about(({ appraisal, language }) => sentence(appraisalWords[language].cameBack(carName(appraisal.car)))),
    'estimate.given': about(({ fact, appraisal, dealership, language }) => {
      const estimate = appraisal.estimates.find((one) => one.id === fact.data.estimate);
      if (!estimate) return null;
      const line = estimateLine(estimate, fact.actor?.name ?? '', dealership, desk.now(), language);
      return sentence(`${carName(appraisal.car)} · ${line}`);
    }),
    'photo.refused': (whisper) => told(desk, whisper, (_, dealership) => refusalCard(desk, whisper, dealership)),
  };
}

async function tellAbout(desk: Desk, about: Whisper, make: (told: Told) => Promise<Card | null> | Card | null): Promise<Card | null> {
  return told(desk, about, async (lead, dealership) => {
    const fact = about.factId === null ? null : await readFact(desk.store.db, BigInt(about.factId));
    const id = fact?.leadId === lead.id ? fact.data.appraisal : null;
    const appraisal = typeof id === 'string' ? await readAppraisal(desk.store.db, id) : null;
    const language = desk.languageFor(await desk.personOf(about.account), dealership);
    return fact && appraisal ? make({ fact, appraisal, lead, dealership, language }) : null;
  });
}

async function refusalCard(desk: Desk, about: Whisper, dealership: Dealership): Promise<Card | null> {
  const fact = about.factId === null ? null : await readFact(desk.store.db, BigInt(about.factId));
  const photo = typeof fact?.data.photo === 'string' ? await readPhoto(desk.store.db, fact.data.photo) : null;
  if (!photo?.refusal) return null;
  const language = desk.languageFor(await desk.personOf(about.account), dealership);
  return sentence(appraisalWords[language].refusals[photo.refusal](photo.filename));
}

/** The photos that were missing when more were asked for. */
export function missingOf({ data }: Pick<Fact, 'data'>): View[] {
  const missing = String(data.missing ?? '').split(',');
  return VIEWS.filter((view) => missing.includes(view));
}

/** The lines of history. */
export const tells = (desk: Desk): Readonly<Record<string, FactTeller>> => ({
  'appraisal-asked': ({ actor, behalfOfId }, _, language) => {
    const { tells, onBehalf } = appraisalWords[language];
    const owner = behalfOfId === null ? undefined : desk.group.directory.byId(behalfOfId)?.name;
    return tells.asked(owner === undefined ? (actor?.name ?? '') : onBehalf(actor?.name ?? '', owner));
  },
  'photos-asked': (fact, _, language) => appraisalWords[language].tells.photosAsked(fact.actor?.name ?? ''),
  photo: (fact, _, language) => {
    const words = appraisalWords[language];
    const view = VIEWS.find((one) => one === fact.data.view);
    return words.tells.photo(fact.actor?.name ?? null, view ? words.views[view] : null);
  },
  'photo-refused': (fact, _, language) => appraisalWords[language].tells.refused(fact.actor?.name ?? null),
  reminded: ({ data }, _, language) => (data.what === 'appraisal' ? appraisalWords[language].tells.reminded : null),
  estimated: ({ data, actor }, dealership, language) => {
    const amount = money(Number(data.amount), localeOf(dealership, language), String(data.currency));
    return estimateWords[language].tell(Number(data.version), actor?.name ?? '', amount);
  },
});
