/** Where leads come from, as configuration describes it. Either `tokens` or `secrets` is filled. */
export interface IntakeSource {
  readonly id: string;
  readonly tokens: readonly string[];
  readonly secrets: readonly string[];
  readonly dealership: string | null;
  readonly thanksUrl: string | null;
  readonly aliases: Readonly<Record<string, string>>;
  readonly rate: { readonly perSecond: number; readonly burst: number } | null;
}
