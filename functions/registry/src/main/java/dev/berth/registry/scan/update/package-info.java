/**
 * Brings the indexes up to date: fetches the feeds that have changed, and makes a generation of
 * them and of what the one before has of the others.
 *
 * <p>Feeds of one group become indexes together. Where one of them fails, those that are in force
 * stay, and the other groups go on. Of what is known of vulnerabilities there is a file for each
 * year: it is made anew where the feed of the year has changed, or advisories say more or name
 * others, and else kept.
 */
package dev.berth.registry.scan.update;
