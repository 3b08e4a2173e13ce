// Package domain holds the abstract values of the analysis and their laws: access paths, locksets, threads, accesses, summaries,
// and the two questions asked of them, MayRace and ElectGuard. It knows neither SSA nor any library: standard library only.
//
// The split follows RacerD (infer/src/concurrency/RacerDDomain): what is true of values stands here, what an instruction does to
// them in summary, what is said about them in passes.
package domain
