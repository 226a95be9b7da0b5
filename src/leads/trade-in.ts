import { tidy } from '../chat/text.js';
import type { Language } from '../language/locale.js';
import type { Db } from '../store/database.js';
import { readVehicle } from './details.js';
import type { Lead } from './lead.js';
import { withoutContact } from './mask.js';

const LONGEST_CAR = 60;

/**
 * What the customer's own car is called where anybody with a link may read it: make and model, as the newest request for
 * a price has them, or else the enquiry. Never more: no plate, and nothing that could be a way to reach somebody. Null
 * when it is not known.
 */
export async function carToShow(db: Db, lead: Lead, language: Language): Promise<string | null> {
  const asked = await db.appraisal.findFirst({
    where: { leadId: lead.id },
    orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
    select: { vehicle: true },
  });
  const car = asked ? readVehicle(asked.vehicle) : lead.tradeIn;
  const name = [car?.make, car?.model].filter((part) => part !== null && part !== undefined).join(' ');
  const shown = tidy(withoutContact(name, language, [lead.phone, lead.customer.sent.phone])).replaceAll('\n', ' ');
  return shown === '' || shown.length > LONGEST_CAR ? null : shown;
}
