/**
 * The updateinfo of package repositories (createrepo_c), as Amazon Linux publishes it: an XML
 * document with each update, the vulnerabilities that it fixes, and its packages.
 */
package dev.berth.core.scan.feed.updateinfo;
