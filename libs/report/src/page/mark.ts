/** Where the template takes the data: known to who builds it and to who fills it. */
export const dataMark = '/*data*/';
