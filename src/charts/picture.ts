import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';
import { FONT, WIDTH } from './bars.js';

const require = createRequire(import.meta.url);
const FONTS = ['400Regular/Lato_400Regular.ttf', '700Bold/Lato_700Bold.ttf'].map((file) =>
  require.resolve(`@expo-google-fonts/lato/${file}`),
);

/** A drawing as PNG. Drawn beside the event loop, with our own letters: a server may have none. */
export async function pngOf(svg: string): Promise<Buffer> {
  const drawn = await renderAsync(plainSpaces(svg), {
    fitTo: { mode: 'width', value: WIDTH },
    font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: FONT },
  });
  return drawn.asPng();
}

/** The letters lack the narrow space that French numbers have inside. */
function plainSpaces(svg: string): string {
  return svg.replaceAll('\u202f', '\u00a0');
}
