/**
 * Policies and what they decide: read and checked by {@code PolicyReader}, which leaves every
 * pattern and condition ready to be asked, and decided by {@code PolicyEngine}.
 */
package dev.berth.core.policy;
