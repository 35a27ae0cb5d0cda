/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is on disk: the contract between writers and readers, and with any
 * other Xapian client.
 *
 * THE FOLDER
 *
 *   XAPIANDB              the manifest
 *   segment-000001/       a Xapian (Glass) database, as in doc/glass.md;
 * immutable segment-000002/ …     once named in the manifest; numbers are never
 * used twice files-000002          what is known of the files that were read:
 * index/files.h deleted-000002        which paragraphs do not count:
 * index/deletions.h lock                  held (flock) by the one writer, and
 * says who it is
 *
 * The manifest is a Xapian stub file, so Xapian::Database("FOLDER") opens the
 * whole. Lines that begin with '#' are comments to Xapian and facts to us:
 *
 *   # pilcrow 2                          schema version, the first line
 *   # analyzer NAME                      identity of the analyzer
 *   # generation 2                       how often the manifest was written
 *   # next-segment 3                     the first segment number not used
 *   # next-document 6                    the first document number not used
 *   # file files-000002 SIZE HASH        the two files that have a generation,
 *   # file deleted-000002 SIZE HASH      where there are any
 *   auto segment-000001                  a segment, relative to the folder
 *   # file segment-000001/sums.pilcrow SIZE HASH
 *   auto segment-000002
 *   # file segment-000002/sums.pilcrow SIZE HASH
 *   # end HASH                           of all lines before
 *
 * It is replaced by rename, and that is the commit. What has a name like those
 * above and is not in it is a leftover that the next writer removes. Before the
 * first segment there is one that names none: to readers that is no index yet,
 * and segments without a manifest have lost it. Who writes all anew where it is
 * lost or damaged puts one there, too, whose next-segment tells what was there
 * before from what is new. A HASH is XXH3 with 64 bits, in 16 hexadecimal
 * digits; from that of the manifest on each byte of the index is under one
 * (index/sums.h).
 *
 * Segments stand in the order of documents. Adjacent ones are merged, which
 * gives a segment with a number of its own.
 *
 * Deletions are marks until then: our readers leave the paragraphs out
 * wherever anything is found or counted. Only what Xapian's ranking takes from
 * a segment as a whole (in how many paragraphs a word is, the average length)
 * counts them until they are merged away, and other Xapian clients see them.
 *
 * A SEGMENT
 *
 * One Xapian document is one paragraph; document numbers rise with the order in
 * which paragraphs were given, so the paragraphs of a document are consecutive
 * and in reading order. A document may go on in the next segment, where memory
 * was full in between. The length of a Xapian document is the number of its
 * words: stems and compounds do not count a second time. No document has a
 * list of its terms, so a Xapian client can search, but neither delete nor list
 * terms of a document. A portable segment has a termlist table all the same,
 * for the list of values of each document only (index/glass/slots.h).
 *
 * Terms. W is a word as written, case folded (NFKC_Casefold), accents kept:
 *
 *   W            at the positions of the word, from 1 in each paragraph. They
 *                are in the file forward.pilcrow of the segment (see
 *                index/forward.h); only a segment that was written to be
 *                portable has Xapian's table of positions instead.
 *                A compound whose parts are joined by hyphens stands here
 *                as well (co-operation, at the position of its first part,
 *                adding nothing to the paragraph's length); its parts are
 *                words of their own at consecutive positions.
 *   Z STEM       stems of words and of compounds written as one (Zcooper
 *                for co-operation), accents folded; no positions. wdf is
 *                how many of its words and compounds the paragraph has.
 *                Two characters of a script that does not part words, side
 *                by side, stand here as well (Z中国 beside Z中 and Z国).
 *   XV KEY \t W  spelling: W is a word or compound of the paragraph whose
 *                key is not W itself. The key is W without accents, hyphens
 *                and full stops (XVbogota\tbogotá,
 *                XVcooperation\tco-operation). A prefix scan of
 *                "XV" KEY "\t" gives all spellings but the plain one.
 *                Left out where it would not fit into a term. wdf 0.
 *
 *   ZS STEM      stems of the document's title, and of the headings above the
 *   ZXH STEM     paragraph; no positions. For a filter, and for a little
 * weight.
 *
 * Boolean terms, wdf 0. A value that would make the term longer than TERM_MAX
 * bytes is cut, and ends in '#' and 16 hexadecimal digits, the FNV-1a hash of
 * the whole value:
 *
 *   XA HASH      the paragraph's address, which is its id or DOCUMENT:LABEL:
 *                4 hexadecimal digits of its hash, as above. A term for each
 *                address took a tenth of an index; so a paragraph is found by
 *                looking at the few that share the term.
 *   XD DOCUMENT  the document (symbol, else path)
 *   P PATH       the file, as given; and each folder above it, ended by '/'
 *   T KIND       the kind of paragraph
 *   L LANGUAGE   ISO 639-1
 *   Y YYYY, M YYYYMM, D YYYYMMDD         the date, as far as it is known
 *
 * Values:
 *
 *   0            order: document number and ordinal, each 4 bytes, the
 *                highest first. Sorts paragraphs in document order across
 *                segments; its first four bytes tell documents apart.
 *   1            date, YYYYMMDD with 00 for what is not known; none if no date
 *   2            block: how many documents before this one, in its segment, is
 *                the one whose data holds the record (LEB128); none for 0
 *
 * Data: the record of index/paragraph.h, or several of them, as in
 * index/record_block.h. To a Xapian client that knows nothing of blocks most
 * documents have no data.
 *
 * Metadata: "pilcrow-schema", the schema version in decimal, and
 * "pilcrow-analyzer", so that a segment can be read by itself or from afar;
 * "pilcrow-positions", which is "forward" where a forward index has them;
 * "pilcrow-words", how many words its paragraphs have all together, in decimal.
 */
#ifndef INDEX_SCHEMA_H
#define INDEX_SCHEMA_H

#include "base/buffer.h"
#include "base/bytes.h"

#define SCHEMA_VERSION 2

#define SCHEMA_MANIFEST "XAPIANDB"
#define SCHEMA_LOCK "lock"
#define SCHEMA_SUMS "sums.pilcrow"
#define SCHEMA_METADATA_VERSION "pilcrow-schema"
#define SCHEMA_METADATA_ANALYZER "pilcrow-analyzer"
#define SCHEMA_METADATA_POSITIONS "pilcrow-positions"
#define SCHEMA_METADATA_WORDS "pilcrow-words"

#define SCHEMA_POSITIONS_FORWARD "forward"

#define TERM_WORD ""
#define TERM_STEM "Z"
#define TERM_TITLE "ZS"
#define TERM_HEADING "ZXH"
#define TERM_SPELLING "XV"
#define TERM_SPELLING_SEPARATOR '\t'
#define TERM_ADDRESS "XA"
#define TERM_DOCUMENT "XD"
#define TERM_PATH "P"
#define TERM_KIND "T"
#define TERM_LANGUAGE "L"
#define TERM_YEAR "Y"
#define TERM_MONTH "M"
#define TERM_DAY "D"

enum schema_value {
    VALUE_ORDER = 0,
    VALUE_DATE = 1,
    VALUE_BLOCK = 2,
    SCHEMA_N_VALUES,
};

/* The longest term that Glass takes is 245 bytes, in which a zero byte counts
 * double. */
enum { TERM_MAX = 245 };

/* Append PREFIX and VALUE to BUFFER as one boolean term, cut as described
 * above where it would be too long (zero bytes counted double). */
void schema_term(struct buffer *buffer, const char *prefix, struct bytes value);

/* Append the boolean term of ADDRESS, which others share. */
void schema_address_term(struct buffer *buffer, struct bytes address);

/* The digits of DATE (YYYY, YYYY-MM or YYYY-MM-DD) into DIGITS, FILL in place
 * of what it does not say. Returns how many it says: 4, 6, 8, or 0 if there is
 * no such day. */
size_t schema_date(struct bytes date, char fill, char digits[8]);

/* How many bytes TERM takes as a Glass key: its length, zero bytes twice. */
size_t schema_term_size(struct bytes term);

#endif
