/**
 * The security databases of Alpine Linux (secdb.alpinelinux.org): for each release and repository a
 * document of JSON that says in which version of a package what was fixed.
 */
package dev.berth.core.scan.feed.secdb;
