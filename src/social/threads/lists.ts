/** Where the answers to an own post are listed for others, and all posts of a thread that it begins. */
export const answersListOf = (postUri: string) => `${postUri}/replies`;
export const threadListOf = (postUri: string) => `${postUri}/context`;
