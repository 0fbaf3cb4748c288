/**
 * The yearly feeds of the National Vulnerability Database (JSON 2.0): scores and descriptions of
 * vulnerabilities, whatever they are found in.
 */
package dev.berth.core.scan.feed.nvd;
