/*
 * The words around money, French and English, as they are typed in a thread: written without accents, matched in any
 * case. Every repetition is bounded or can begin at one place only, so that a text is read in one pass whatever it holds.
 */

const SIGN = '[€£$]';
const CODE = 'euros?|eur|gbp|chf|usd|cad|aud|nzd|pln|czk|sek|nok|dkk|mad';
const WORD = `${CODE}|e|balles|pounds?|quid|francs?|frs|dollars?`;
const DOLLARS = ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD'];

/** The currencies a sign or word may mean; a code means its own. */
export const CURRENCIES: Readonly<Record<string, readonly string[]>> = {
  ...{ '€': ['EUR'], euro: ['EUR'], euros: ['EUR'], e: ['EUR'], balles: ['EUR'] },
  ...{ '£': ['GBP'], pound: ['GBP'], pounds: ['GBP'], quid: ['GBP'] },
  ...{ $: DOLLARS, dollar: DOLLARS, dollars: DOLLARS },
  ...{ franc: ['CHF'], francs: ['CHF'], frs: ['CHF'] },
};

const START = String.raw`(?<![\p{L}\p{N}_#]|\p{N}[.,'])`;
const END = String.raw`(?![\p{L}\p{N}_]|[.,']\d| ?%)`;
const NUMBER = String.raw`(?:\d{1,3}(?: \d{3}){1,3}(?:[.,]\d{1,2})?(?!\d)|\d(?:[\d.,']{0,30}\d)?)`;
const THOUSANDS = String.raw` ?(?<thousands>k|mille|grand(?! m)|thousand)(?<tail>(?<=k)\d{1,3}|(?<=k) [1-9](?=\s*(?:${SIGN}|[.!?]|$))| (?<=(?:mille|thousand) )\d{3})?`;
const MARK = String.raw` ?(?<mark>${SIGN}|(?:${WORD})(?=${END}(?!-\p{L})))`;
/** After a whole number that carries no currency. */
const BARE = String.raw`(?!\d|[.,]\d| ?(?:${SIGN}|k\b|(?:${WORD})\b))`;

/** A number and what is written upon it: `sign`, `digits`, `thousands` with its `tail` (`8k5`), `mark`. */
export const FIGURE = anyCase(
  `${START}(?:(?<sign>${SIGN}|(?:${CODE})) ?)?(?<digits>${NUMBER})(?:[.,]-{1,2})?(?:${THOUSANDS})?(?:-?ish)?(?:${MARK}|${END})`,
);

const MILES = String.raw`(?:kms?|kilometres?|kilometers?|bornes|miles?|mls|mi)(?![\p{L}\p{N}'-])`;
const COUNTED = [
  'cc|cm3|ch|cv|chevaux|hp|bhp|ps|kw|nm|kg|mm|cm|tr|rpm|litres?|tonnes?|heures?|hours?|hrs?|jours?|days?|mois|months?|ans|years?',
  'cles?|keys?|portes?|doors?|seats?|owners?|proprietaires?|photos?|pics?|pictures?|factures?|points?|fois|times|vues|views',
  'voitures|cars|rue|route|avenue|av|bd|boulevard|chemin|street|road|lane',
].join('|');
const MONTHS = 'janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec|jan|feb|mar|apr|may|jun|jul|aug';
const FILE = 'ref|reference|stock|dossier|n°|numero|number|code|poste|vo|vn|vin|chassis|cp|postcode|ext';
const ODOMETER = `kilometrage|mileage|compteur|odometer|odo|${MILES}`;
const SAYS = 'est|is|de|a|reel|actuel|only|about|environ|affiche|shows?|says|at';
const HAS_DONE = "(?:elle|il|voiture) a|(?:she|it|car)(?:'s| has)";
const DONE = 'deja|fait|roule|parcouru|done|covered|only|about|environ';
const BEFORE_YEAR = String.raw`annee|year|my|en|in|since|depuis|mec|immat\w{0,12}|debut|fin`;
const BEFORE_MODEL = 'la|une|cette|the|this|modele|model|essence|diesel|moteur|engine|peugeot|fiat|bmw|audi|mazda|renault|citroen|volvo';
const NO_TOWN = 'Euro|Net|Max|Avec|Pour|Merci|Bonjour|Sous|Hors|Ttc|For|With|Thank|Cheers|Tops|But|Mais|Reprise|Dans|Pound|Quid';

/** What looks like an amount and is none: taken out before the amounts are read. */
export const OTHER_THINGS: readonly RegExp[] = [
  // What is quoted, and what is struck through.
  /^ ?>.*$/gm,
  /~(?=\S)[^~\n]{1,40}(?<=\S)~(?!\d)/gu,
  // Addresses, people, emoji.
  /(?<!\S)\S*(?:@|:\/\/|www\.)\S*/giu,
  /:[a-z\d_+-]{1,40}:/giu,
  // Telephone numbers; shorter forms are made of numbers too small to be amounts.
  /(?<![\p{L}\p{N}])0\d(?:[ .-]?\d\d){4}(?!\d)/gu,
  /(?<![\p{L}\p{N}])(?:\+ ?\d|0\d)(?:[ .\-/()]{0,2}\d){7,12}(?!\d)/gu,
  // Dates, and months with their year.
  /(?<![\p{N}.,])\d{1,2}[/.-](?:\d{1,2}[/.-])?(?:19|20)\d\d(?!\d)/gu,
  anyCase(String.raw`\b(?:${MONTHS})\p{L}{0,7}\.? (?:19|20)\d\d(?!\d)`),
  // References (VO-1234), plates (AB-123-CD, AB 123 CD, 1234 AB 69), numbers of files.
  anyCase(String.raw`(?<![\p{L}\p{N}])(?!(?:${WORD})-)\p{L}[\p{L}\p{N}]*[-_/]\d[\p{L}\p{N}-]*`),
  /(?<![\p{L}\p{N}])[A-Z]{2} \d{3} [A-Z]{2}(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])\d{2,4} (?!EUR|TTC|GBP|CHF|USD|NET|MAX)[A-Z]{2,3} \d{2}(?![\p{L}\p{N}])/gu,
  anyCase(String.raw`\b(?:${FILE})[ .:#°]{0,3}\d+${BARE}`),
  // A postcode before its town.
  new RegExp(String.raw`(?<![\p{L}\p{N}])\d{5} (?!(?:${NO_TOWN})\p{Ll}*)\p{Lu}\p{Ll}{2,}`, 'gu'),
  // Mileages, named after the number or before it.
  anyCase(`${START}${NUMBER} ?(?:k|mille|thousand)? ?(?:${MILES}|(?:au|sur le) compteur|on (?:the|its) (?:clock|odo))`),
  anyCase(String.raw`\b(?:${ODOMETER})(?: ?[?:=.]| (?:${SAYS})\b){0,4} ?${NUMBER}k?${BARE}`),
  anyCase(String.raw`\b(?:${HAS_DONE})(?: (?:${DONE})\b){0,3} ${NUMBER}k?${BARE}`),
  // Models and years behind their article or make; Peugeot's numbers anywhere.
  anyCase(String.raw`\b(?:${BEFORE_MODEL}) \d{2,4}${BARE}`),
  anyCase(String.raw`\b(?:${BEFORE_YEAR}) (?:19|20)\d\d${BARE}`),
  anyCase(`${START}[1-5]00[78]${BARE}`),
  anyCase(String.raw`${START}${NUMBER} ?(?:${COUNTED})(?![\p{L}\p{N}'])`),
];

/** In the clause before an amount: it is not given… */
export const NEGATED =
  /\b(?:pas|jamais|veux plus|not|never|cannot|\w+n't|impossible|refuse|hors de question|no way|et non|au lieu|instead|plutot que|rather than)\b/i;
/** …unless the negation is a limit ("pas plus de 8000") or no negation at all ("pourquoi pas 8500"). */
export const LIMITED = new RegExp(
  [
    String.raw`\b(?:pas plus|plus (?:de|haut|loin|que)|dessus|dela|davantage|mieux|moins|depass\w*|exced\w*|pourquoi pas|pas mal|pas de (?:souci|probleme)s?|si pas)\b`,
    String.raw`\b(?:more|above|over|beyond|higher|better|less|past|exceed\w*|why not|if (?:there's )?not?)\b`,
  ].join('|'),
  'i',
);
/** After an amount: it is not given. */
export const REFUSED = new RegExp(
  [
    '^[ ?!,]*(?:non|no|nope|jamais|never)(?= ?(?:[.,!?]|$)| merci| thanks)',
    String.raw`\b(?:veu\w* pas|vaut pas|trop (?:cher|haut|eleve)|c'est (?:trop|non|mort)|hors de question|impossible|pas possible)\b`,
    String.raw`\b(?:je passe|peu[xt] pas)(?= ?(?:[.,!?]|$)| mon tour)`,
    String.raw`\b(?:don't want|not worth|too (?:much|high|expensive|strong|steep|dear)|out of the question|no way|i(?:'ll| will)? pass)\b`,
  ].join('|'),
  'i',
);

/** Before an amount: it is the customer's wish, the market's price, a loan. */
export const THEIRS = new RegExp(
  [
    String.raw`\b(?:veut|veulent|voulait|demande\w*|espere|attend|souhaite|argus|(?:la|sa|une) cote|affich\w+|vends?|vendre|vendue?|vente|revente)\b`,
    String.raw`\b(?:(?:prix|valeur) (?:a |du )?neu\w+|(?:a|ai|ont|l'a) (?:r?achete|paye)e?|leboncoin|credit|solder?|doit|loa|lld|residuelle|budget)\b`,
    String.raw`\b(?:wants|wanted|asks?|asking|expects?|hoping|sell\w*|sold|retail|listed|advertised|new price|list price|paid|bought)\b`,
    String.raw`\b(?:autotrader|settlement|finance|loan|owes?|mandataire|concurren\w+|la centrale|annonces? a)\b`,
    String.raw`\b(?:book|cap|glass's)(?: (?:says|is|clean|average|below))+\b`,
    String.raw`(?<!\b(?:je|on|nous|tu|vous) )\b(?:lui|leur) (?:propose|offre)(?:nt)?\b`,
  ].join('|'),
  'i',
);
const COST = [
  'frais|travaux|reparations?|remise en etat|pneus?|carrosserie|peinture|revision|distribution|courroie|embrayage|freins?|malus|tva|taxes?',
  String.raw`acompte|apport|bonus(?: ecolo\w*)?|franchise|carte grise|mensualites?|loyers?|prime(?: a la conversion)?|marge|rabais|devis`,
  'facture|options?|costs?|(?:repair )?bills?|repairs?|tyres?|service|brakes?|bodywork|prep|deposit|discount|margin|vat|invoice',
].join('|');
/** Directly before an amount: it is a cost, or is added or taken off. */
export const COST_BEFORE = new RegExp(
  String.raw`\b(?:${COST})(?: ?[:=]| (?:de|d'|a|pour|environ|refaire|faire|prevoir|changer|about|of|for|at)\b){0,3} ?$|[+] ?$|(?:^|\s)-$`,
  'i',
);
/** After an amount: it was asked or offered somewhere else. */
export const ELSEWHERE =
  /\b(?:ailleurs|elsewhere|sur (?:leboncoin|le bon coin|internet|lacentrale|la centrale)|on (?:autotrader|the internet))\b/i;
/** Directly after an amount: it is a cost, is due every month, or a share is taken off it. */
export const COST_AFTER = new RegExp(
  [
    String.raw`^ ?(?:de|d'|of|for|in|en|pour) ?(?:les? |la |the |some )?(?:${COST})\b`,
    String.raw`^ ?(?:frais|travaux|costs|repairs)\b(?! (?:deduit|inclus|compris|deducted|included))`,
    String.raw`^ ?(?:/ ?|par |per |a |chaque )(?:mois|month|an|year|semaine|week|jour|day|heure|hour|h|km|mile)\b`,
    String.raw`^ ?(?:-|moins|less|minus) ?\d{1,2} ?%`,
  ].join('|'),
  'i',
);
/** Before an amount: it is offered. */
export const OFFER = new RegExp(
  [
    String.raw`\b(?:propos\w*|offr\w*|mets|met|mettrai\w*|mettre|mont\w+|donn\w+|fais|ferai\w*|prends|reprends|reprise|estim\w+|evalu\w+|vaut)\b`,
    String.raw`\b(?:(?:je|on|nous) (?:l'|la |le )?(?:r?achet\w+|cote)|valeur|jusqu'a|max\w*|pas plus de|(?:je suis|on est) (?:plutot )?(?:a|sur))\b`,
    String.raw`\b(?:offer\w*|give|giv(?:es?|ing)|pay|bid|go (?:up )?to|stretch|can do|could do|i'd do|worth|value\w*|apprais\w*|quote)\b`,
    String.raw`\b(?:no more than|up to|at most|(?:i'm|we're|i am|we are) at)\b`,
  ].join('|'),
  'i',
);
/** Directly after an amount: it is offered. */
export const OFFER_AFTER = /^ ?(?:nets?|max\w*|tops?|ttc|grand max|de reprise|all in|pour (?:elle|moi|nous)|from (?:me|us))\b/i;
/** Directly before a number: it is no code. */
export const APPROXIMATE =
  /(?:\b(?:environ|env|autour de|dans les|alentours de|a peu pres|vers|disons|mettons|about|around|roughly|circa|approx\w*|say|call it)|[~≈])[ .]*$/i;
/** Between two amounts: the second replaces the first. */
export const CORRECTED = new RegExp(
  [
    String.raw`\b(?:non|no|nan)\b[ ,.!:]{0,5}(?:c'est |it's |plutot |rather |make it )?$`,
    String.raw`\b(?:pardon|plutot|enfin|finalement|en fait|oups|erreur|correction|veux dire|voulais dire|disons|mettons|desole\w*|attends|soit|donc|total)\b[^.\n]{0,25}$`,
    String.raw`\b(?:sorry|rather|actually|oops|mistake|i mean|i meant|make (?:it|that)|wait|so)\b[^.\n]{0,25}$`,
    '[*=>→] ?$',
  ].join('|'),
  'i',
);
/** All that is between the two amounts of a range; `and` counts behind `between` only. */
export const RANGE = /^ ?[,(]? ?(?<by>-|~|\/|a|to|ou|or|voire|et|and|&|jusqu'a|up to|(?:grand )?max\w*)[ :]{0,2}$/i;
export const BETWEEN = /\b(?:entre|between)\b/i;
/** Where the words about one amount end. */
export const CLAUSE_END = /[.,;:!?\n()¤]|\b(?:mais|but|donc|so|alors|sinon|otherwise|however|par contre)\b/i;

/** Any case, everywhere in a text, by characters. */
function anyCase(pattern: string): RegExp {
  return new RegExp(pattern, 'giu');
}
