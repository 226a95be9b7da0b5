/** What a parser made of one enquiry. Pure text of the public: trimmed and tidied, never trusted, nothing invented. */
export interface ParsedLead {
  /** The sender's own id for this enquiry; null when it gave none. */
  readonly externalId: string | null;
  /** The sender says it has sent this before (ADF `status="resend"`). */
  readonly resend: boolean;
  /** What names the dealership: our id, the ADF vendor id or name; tried in order. */
  readonly dealershipHints: readonly string[];
  /** When the customer asked, as ISO 8601 with offset; null when unknown. Local times without offset are in `requestedAtLocal`. */
  readonly requestedAt: string | null;
  /** A date-time without offset (`YYYY-MM-DDTHH:MM:SS`), to be read in the dealership's zone and flagged. */
  readonly requestedAtLocal: string | null;
  /** Who sent it, as the document says (ADF provider): name and service. */
  readonly provider: string | null;
  readonly customer: ParsedCustomer;
  /** The wanted car; null for a plain contact request. */
  readonly interest: ParsedVehicle | null;
  readonly tradeIn: ParsedVehicle | null;
  readonly message: string | null;
  /** The page the form stood on. */
  readonly page: string | null;
  readonly campaign: string | null;
  /** What could not be read, with where. Never contains the value itself. */
  readonly problems: readonly Problem[];
}

export interface ParsedCustomer {
  readonly name: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly language: string | null;
  readonly preferredContact: string | null;
  readonly consent: {
    readonly phone: boolean | null;
    readonly email: boolean | null;
    readonly sms: boolean | null;
    readonly text: string | null;
    readonly at: string | null;
  } | null;
}

export interface ParsedVehicle {
  readonly type: 'buy' | 'lease' | 'test-drive' | 'sell' | 'trade-in' | 'other';
  readonly condition: 'new' | 'used' | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly version: string | null;
  /** Model year, 1900 to 2100. */
  readonly year: number | null;
  readonly price: number | null;
  /** ISO 4217 when the sender gave one. */
  readonly currency: string | null;
  readonly stockNumber: string | null;
  readonly vin: string | null;
  readonly plate: string | null;
  /** Kilometres. */
  readonly mileage: number | null;
  /** The page of the listing. Kept as text; nothing is ever fetched from it. */
  readonly url: string | null;
  /** A picture of the listing. Kept as text. */
  readonly photoUrl: string | null;
  readonly comments: string | null;
}

/** Where (`customer.phone`, `/adf/prospect[1]/vehicle`), and a sentence in English for the sender's developer. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** A photo that came with the enquiry, as sent: checked and re-encoded before anybody sees it. */
export interface ParsedPhoto {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Everything a parser found in one body. `leads` is empty only when the body could not be read at all. */
export interface ParsedBody {
  /** Name and version of the parser, kept with the raw body: `adf/1`. */
  readonly parser: string;
  readonly leads: readonly ParsedLead[];
  readonly photos: readonly ParsedPhoto[];
  /** Text worth showing when no lead could be read; null when there is none. */
  readonly text: string | null;
  readonly problems: readonly Problem[];
}

/** What a source may configure about its parsing. */
export interface ParseOptions {
  /** The sender's field name to ours: `{ nom: 'customer.name' }`. */
  readonly aliases: Readonly<Record<string, string>>;
}

/** Bytes in, enquiries out. Never throws for any input; time linear in size. */
export type Parser = (body: Buffer, contentType: string, options: ParseOptions) => ParsedBody | Promise<ParsedBody>;
