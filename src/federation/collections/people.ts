/**
 * Who subscribes to the owner, and to whom the owner subscribes, is nobody's business: the collections are
 * there, because servers expect them and posts are addressed to one, but hold nothing and count nothing.
 */
export function nobody(): { items: [] } {
  return { items: [] };
}
