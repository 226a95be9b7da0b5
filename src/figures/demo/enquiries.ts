import { type Customer, type Origin, readCustomer, readOrigin, readVehicle, type Vehicle } from '../../leads/details.js';
import type { Luck } from './luck.js';

// Everybody here is invented; the numbers are of the range set aside for fiction.

const FIRST = [
  ...['Brigitte', 'Karim', 'Amélie', 'Gérard', 'Sylvie', 'Thomas', 'Léa', 'Nicolas', 'Inès', 'Paul', 'Camille', 'Hugo', 'Manon', 'Yanis'],
  ...['Chantal', 'Pierre', 'Fatou', 'Élodie', 'Marc', 'Zoé', 'Antoine', 'Nadia', 'Loïc', 'Hélène', 'Bastien', 'Aïcha', 'Rémi', 'Pauline'],
];
const LAST = [
  ...['Moreau', 'Haddad', 'Rousseau', 'Pons', 'Garnier', 'Lefort', 'Chevalier', 'Perrin', 'Gauthier', 'Marchand', 'Diallo', 'Fontaine'],
  ...['Barbier', 'Renaud', 'Picard', 'Lacroix', 'Vasseur', 'Bonnet', 'Guérin', 'Colin', 'Mercier', 'Brun', 'Da Silva', 'Faivre', 'Noël'],
];
const CITIES: Readonly<Record<'west' | 'east', readonly string[]>> = {
  west: ['Lyon', 'Villeurbanne', 'Bron', 'Vénissieux', 'Caluire', 'Écully', 'Oullins', 'Meyzieu'],
  east: ['Annecy', 'Cran-Gevrier', 'Seynod', 'Rumilly', 'Thônes', 'Faverges', 'Sevrier', 'La Roche-sur-Foron'],
};

/** Make, model, price new; nothing else is sold. */
const RANGE = [
  ['Renault', 'Clio', 19_900],
  ['Renault', 'Captur', 25_400],
  ['Renault', 'Mégane E-Tech', 38_500],
  ['Renault', 'Austral', 36_900],
  ['Renault', 'Scénic E-Tech', 41_900],
  ['Dacia', 'Sandero', 13_600],
  ['Dacia', 'Duster', 21_900],
  ['Dacia', 'Jogger', 19_800],
  ['Dacia', 'Spring', 17_900],
] as const;
const BROUGHT = [
  ['Peugeot', '208'],
  ['Peugeot', '308'],
  ['Citroën', 'C3'],
  ['Citroën', 'C3 Aircross'],
  ['Renault', 'Clio'],
  ['Renault', 'Scénic'],
  ['Volkswagen', 'Golf'],
  ['Toyota', 'Yaris'],
  ['Ford', 'Kuga'],
  ['Opel', 'Corsa'],
] as const;
const WORDS = [
  'Bonjour, est-elle encore disponible ?',
  'Quel délai de livraison ? Je peux passer samedi.',
  'Faites-vous une offre de financement sur 48 mois ?',
  'Je souhaite un essai en fin de journée.',
  'Reprise possible de mon véhicule actuel ?',
  'Merci de me rappeler après 18 h.',
  null,
  null,
];

/** What somebody writes to a dealership. */
export interface Enquiry {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly customer: Customer;
  readonly interest: Vehicle;
  readonly tradeIn: Vehicle | null;
  readonly message: string | null;
  readonly origin: Origin;
}

export function enquire(luck: Luck, region: keyof typeof CITIES, year: number): Enquiry {
  const [firstName, lastName] = [luck.pick(FIRST), luck.pick(LAST)];
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(luck.between(0, 10))).join('');
  const phone = luck.hits(0.92) ? `+3363998${digits(4)}` : null;
  const email = phone === null || luck.hits(0.7) ? `${plain(firstName)}.${plain(lastName)}@example.org` : null;
  const sent = { email, phone: phone && `0${phone.slice(3)}` };
  return {
    name: `${firstName} ${lastName}`,
    email,
    phone,
    customer: { ...readCustomer({ firstName, lastName, city: luck.pick(CITIES[region]), language: 'fr' }), sent },
    interest: luck.hits(0.58) ? usedCar(luck, year) : newCar(luck),
    tradeIn: luck.hits(0.42) ? broughtCar(luck, year) : null,
    message: luck.pick(WORDS),
    origin: readOrigin({}),
  };
}

function newCar(luck: Luck): Vehicle {
  const [make, model, price] = luck.pick(RANGE);
  return carOf({ type: luck.hits(0.2) ? 'test-drive' : 'buy', condition: 'new', make, model, price });
}

function usedCar(luck: Luck, year: number): Vehicle {
  const [make, model, price] = luck.pick(RANGE);
  const age = Math.floor(luck.between(1, 7));
  const worth = Math.round((price * 0.86 ** age) / 100) * 100 - 10;
  const stockNumber = `VO-${Math.floor(luck.between(8_000, 9_900))}`;
  return carOf({ type: 'buy', condition: 'used', make, model, year: year - age, price: worth, stockNumber });
}

function broughtCar(luck: Luck, year: number): Vehicle {
  const [make, model] = luck.pick(BROUGHT);
  const age = Math.floor(luck.between(3, 14));
  const mileage = Math.round((age * luck.between(8_000, 19_000)) / 1_000) * 1_000;
  return carOf({ type: 'trade-in', condition: 'used', make, model, year: year - age, mileage, plate: plate(luck) });
}

function plate(luck: Luck): string {
  const letters = () => `${luck.pick([...'ABCDEFGHJK'])}${luck.pick([...'LMNPQRSTVW'])}`;
  return `${letters()}-${Math.floor(luck.between(100, 1_000))}-${letters()}`;
}

function carOf(known: Partial<Vehicle>): Vehicle {
  const car = readVehicle(known);
  if (!car) throw new Error('no car');
  return car;
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
}
