/**
 * What is installed in an image, and what is known to be wrong with it.
 *
 * <p>From feeds to findings: {@code feed} reads what distributions and NVD publish, by the rules of
 * each {@code distribution}, into the files of {@code index}; {@code catalog} lists the
 * distributions, and refuses images of others; {@code match} holds installed packages against an
 * index, in the order of {@code version}, with scores by {@code cvss}.
 */
package dev.berth.core.scan;
