import { km, money } from '../language/format.js';
import type { Locale } from '../language/locale.js';
import type { Vehicle } from './details.js';
import { cardWords } from './messages.js';

/** "Used · Citroën C3 Aircross 2022 · €15,990", as far as it is known; null when nothing is. */
export function wishTitle(wish: Vehicle, locale: Locale): string | null {
  const words = cardWords[locale.language];
  const condition = wish.condition === 'used' ? words.used : wish.condition === 'new' ? words.new : null;
  const kind = wish.type === 'test-drive' ? words.test.wants : wish.type === 'lease' ? words.test.lease : null;
  const price = wish.price === null ? null : money(wish.price, locale, wish.currency ?? locale.currency);
  const parts = [condition, kind, nameOfCar(wish), price].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

/** "Renault Clio 2015". */
function nameOfCar(car: Vehicle): string | null {
  const parts = [car.make, car.model, car.year].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

/** "Renault Clio 2015 · 98 000 km · AB-123-CD". */
export function carLine(car: Vehicle, locale: Locale): string | null {
  const distance = car.mileage === null ? null : km(car.mileage, locale);
  const parts = [nameOfCar(car), car.version, distance, car.plate].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}
