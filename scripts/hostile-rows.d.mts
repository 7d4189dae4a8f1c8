export type HostileRow = { id: string; tried: string; must: string; none?: string };
export declare const hostileRows: readonly HostileRow[];
