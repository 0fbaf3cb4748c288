package dev.berth.core.scan;

import java.util.Optional;

/**
 * A package of an operating system, as its database has it.
 *
 * @param version whole, as the format writes it: {@code [epoch:]version[-release]}
 * @param architecture as the database has it; {@code noarch}, {@code all} or empty where there is
 *     none
 * @param sourceName of the source package that it was built from; its own name where the database
 *     names no other
 * @param sourceVersion of that; its own where the database names no other
 * @param module of a modular rpm: {@code name:stream:version:context}
 */
public record InstalledPackage(
    String name,
    String version,
    String architecture,
    String sourceName,
    String sourceVersion,
    Optional<String> module) {}
