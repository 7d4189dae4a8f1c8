/** Replaced below. */
export function installGuard(): void {}
export function allowLoopbackPort(_port: number): void {}
