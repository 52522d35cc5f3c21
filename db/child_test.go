package db

// roleEnv names what a child process of a test has to be.
const roleEnv = "DUOLOGUE_DB_ROLE"

func childMain(role string) int { return 2 }
