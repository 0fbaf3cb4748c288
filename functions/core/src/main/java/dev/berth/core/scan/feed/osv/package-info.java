/**
 * The exports of OSV (osv.dev): for each ecosystem a zip with one record of JSON for each advisory
 * (OSV schema 1.7). What of it counts is said by each distribution's {@link
 * dev.berth.core.scan.feed.osv.OsvRules}.
 */
package dev.berth.core.scan.feed.osv;
