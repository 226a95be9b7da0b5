const PHOTO = /\b(?:photos?|pics?|pictures?|images?|cliches?)\b/i;
/** They are here, or nobody needs them. */
const GIVEN = new RegExp(
  [
    String.raw`\b(?:voici|voila|ci-joint\w*|en piece jointe|ajoutee?s?|j'ai (?:mis|envoye|pris)|(?:je (?:\w{1,4}[ '])?|j')envo\w+)\b`,
    String.raw`\b(?:here (?:are|is)|attached|added|uploaded|i(?:'ll| will|'ve| have)? (?:send|sent|add|take|took))\b`,
    String.raw`\b(?:pas besoin|plus besoin|inutile|assez de|enough|(?:don't|do not|no) (?:\w+ )?(?:need|want)|no more \w+ (?:needed|required))\b`,
  ].join('|'),
  'i',
);
const WANTED = new RegExp(
  [
    String.raw`\b(?:besoin|faut|faudrait|manqu\w+|envo(?:ie|ies|yer|yez|i)|d'autres|autres? (?:photos?|images?|cliches?)|plus de (?:photos?|images?|cliches?))\b`,
    String.raw`\b(?:peux-tu|tu peux|tu pourrais|pourrais-tu|pouvez|pourriez|peut-on|on peut avoir|voudrais|voudrions|aimerais|possible|svp|stp|s'il (?:te|vous))\b`,
    String.raw`\b(?:refai\w*|reprend\w*|prends|prenez|montre\w*|sans|pas de|aucune|ou sont|floues?|meilleures?|plus nettes)\b`,
    String.raw`\b(?:need\w*|missing|send|other|another|extra|(?:some|any|few) more|more (?:photos?|pics?|pictures?|images?)|can (?:you|i|we)|could (?:you|i|we))\b`,
    String.raw`\b(?:i'd like|would like|want|please|pls|plz|retake|take|show me|without|no (?:photos?|pics?|pictures?)|where (?:are|is)|better|blurry)\b`,
  ].join('|'),
  'i',
);
/** Words about photos one has. */
const SEEN =
  /\b(?:merci|thanks?|thx|recue?s?|received|got|vue?s?|seen|saw|bonnes?|belles?|nickel|super|parfait\w*|top|ok|nice|good|great|perfect|bien|clear|client|sur les?|on the|in the|from the)\b/i;
const ASKED = /^ ?(?:et |and |avez-vous |vous avez |as-tu |tu as |do you have |have you got |got |y a-t-il |il y a )?/i;
const FIRST = /^(?:des |les |la |une? |any |the |some |a )?(?:\w+ )?(?:photos?|pics?|pictures?|images?|cliches?)\b/i;
const FEW_WORDS = 6;

/** Whether somebody asks for photos, in words without accents: each sentence by itself, silent where it only speaks of them. */
export function asksForPhotos(text: string): boolean {
  return (text.match(/[^.!?\n]+[.!?]*/g) ?? []).some(wantsPhotos);
}

function wantsPhotos(sentence: string): boolean {
  if (!PHOTO.test(sentence) || GIVEN.test(sentence)) return false;
  if (WANTED.test(sentence)) return true;
  if (SEEN.test(sentence) || !FIRST.test(sentence.trim().replace(ASKED, ''))) return false;
  return sentence.includes('?') || sentence.trim().split(' ').length <= FEW_WORDS;
}
