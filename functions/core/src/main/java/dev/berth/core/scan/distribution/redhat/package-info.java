/** Red Hat Enterprise Linux, and CentOS, which is built from it. */
package dev.berth.core.scan.distribution.redhat;
