import type { Db } from '../../store/database.js';
import type { Sale } from './read.js';

/** Stores how a lead was sold. A lead is sold once: a second row is refused by the database. */
export async function insertSale(
  db: Db,
  about: { leadId: string; sellerId: string; at: Date },
  sale: Sale,
  currency: string,
): Promise<void> {
  const { price, deliveryOn, ...known } = sale;
  await db.sale.create({
    data: {
      ...about,
      ...known,
      price: price?.amount ?? null,
      currency: price?.currency ?? currency,
      deliveryOn: deliveryOn === null ? null : new Date(`${deliveryOn}T00:00:00Z`),
    },
    select: { leadId: true },
  });
}

/** What was noted with the sale of a lead; null when nothing was. */
export async function readSaleNote(db: Db, leadId: string): Promise<string | null> {
  const row = await db.sale.findUnique({ where: { leadId }, select: { note: true } });
  return row?.note ?? null;
}
