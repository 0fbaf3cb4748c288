/** Scores of the Common Vulnerability Scoring System, and what NVD rates them as. */
package dev.berth.core.scan.cvss;
